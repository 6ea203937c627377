package dev.transpack.transmission;

import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsReader;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where the daemon listens and who we are to it. Without a user no credentials are sent. Written as `none`, there
/// is no daemon, and everything in the download folder is a person's own.
public record TransmissionSettings(
        URI url, String username, @Nullable Secret password) {
    /// Nobody to ask.
    public static final TransmissionSettings NONE = new TransmissionSettings(URI.create("none:/"), "", null);

    private static final String DEFAULT_URL = "http://127.0.0.1:9091/transmission/rpc";

    /// Reads `transmission.url`, `.username` and `.password`.
    public static TransmissionSettings read(SettingsReader reader) {
        var username = reader.text("transmission.username", "");
        var password = reader.secret("transmission.password");
        if (username.isEmpty() && password.isPresent())
            reader.problem("transmission.username", "", "set the user that transmission.password belongs to");
        if (reader.text("transmission.url", DEFAULT_URL).equals("none")) return NONE;
        var url = reader.address("transmission.url", DEFAULT_URL);
        return new TransmissionSettings(url, username, password.orElse(null));
    }
}
