package dev.transpack.transmission;

import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsReader;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the daemon listens and who we are to it. Without a user no credentials are sent. Written as `none`, there
/// is no daemon, and everything in the download folder is a person's own.
public record TransmissionSettings(
        URI url, String username, @Nullable Secret password) {
    /// Nobody to ask.
    public static final TransmissionSettings NONE = new TransmissionSettings(URI.create("none:/"), "", null);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]", Pattern.CASE_INSENSITIVE);

    private static final String DEFAULT_URL = "http://127.0.0.1:9091/transmission/rpc";

    /// The daemon, as nodes may compare it: one on this machine goes by the machine's name.
    public String daemon(String host) {
        if (equals(NONE)) return "none";
        var its = url.getHost();
        var here = its == null || LOOPBACK.matcher(its).matches();
        return url.getScheme() + "://" + (here ? host : its) + ":" + url.getPort() + url.getPath();
    }

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
