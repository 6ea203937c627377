package dev.transpack.jobs;

import dev.transpack.settings.SettingsReader;

/// How much background work this process does at a time.
///
/// @param parallel jobs at once, 1 to 32
public record JobSettings(int parallel) {
    public static JobSettings read(SettingsReader reader) {
        return new JobSettings(reader.number("jobs.parallel", 2, 1, 32));
    }
}
