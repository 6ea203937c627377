package dev.transpack.librar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a format's planner made of the entries.
///
/// @param layout where everything lies
/// @param protection how contents stand there
record Planned(Layout layout, Protection protection) {
    /// @param secrets null when there is no password
    static Planned of(List<Entry> entries, ArchiveOptions options, @Nullable Secrets secrets) throws ArchiveException {
        var size = options.volumeSize();
        return switch (options.format()) {
            case RAR5 -> {
                var protection = secrets == null ? Rar5Protection.NONE : new Rar5Encryption(secrets);
                yield new Planned(Rar5.plan(entries, size, protection), protection);
            }
            case ZIP -> {
                var protection = secrets == null ? ZipProtection.NONE : new ZipEncryption(secrets);
                yield new Planned(Zip.plan(entries, size, protection), protection);
            }
            case TAR -> new Planned(Tar.plan(entries, size), new Protection() {});
            case FILES -> new Planned(AsIs.plan(entries), new Protection() {});
        };
    }
}
