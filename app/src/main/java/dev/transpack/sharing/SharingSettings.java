package dev.transpack.sharing;

import dev.transpack.settings.SettingsReader;

/// How links are made when a request does not say.
public record SharingSettings(LinkLifetime expires) {
    /// Reads `link.expires`.
    public static SharingSettings read(SettingsReader reader) {
        var text = reader.text("link.expires", "7d");
        try {
            return new SharingSettings(LinkLifetime.parse(text));
        } catch (IllegalArgumentException e) {
            reader.problem("link.expires", text, "write 1m to 365d, such as 12h or 7d");
            return new SharingSettings(LinkLifetime.DEFAULT);
        }
    }
}
