package dev.transpack.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The environment names of the 2017 program, so that an old deployment's environment keeps working.
final class LegacyNames {
    private static final Map<String, String> KEYS = Map.of(
            "TRANSMISSION_DOWNLOAD_DIR", "downloads.dir",
            "TRANSMIT_S3_BUCKET", "destinations.s3.bucket",
            "RAR_BINARY_PATH", "pack.rar-binary",
            "ARCHIVE_SPLIT_SIZE", "pack.volume-size",
            "ARCHIVE_COMPRESSION_LEVEL", "pack.level",
            "ARCHIVE_RECOVERY_RECORD", "pack.recovery");

    private LegacyNames() {}

    static Map<String, String> translate(Map<String, String> environment) {
        var values = new HashMap<String, String>();
        KEYS.forEach(
                (old, key) -> Optional.ofNullable(environment.get(old)).ifPresent(value -> values.put(key, value)));
        Optional.ofNullable(environment.get("DATABASE_URL")).ifPresent(url -> putDatabase(values, url));
        return values;
    }

    /// Django's syntax: `postgres://user:password@host:port/name`, `sqlite:////path`.
    private static void putDatabase(Map<String, String> values, String url) {
        if (url.startsWith("sqlite:///")) {
            values.put("database.url", "jdbc:sqlite:" + url.substring("sqlite:///".length()));
            return;
        }
        if (!url.startsWith("postgres")) {
            values.put("database.url", url);
            return;
        }
        var uri = parsed(url);
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        values.put("database.url", "jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + options);
        if (uri.getUserInfo() == null) return;
        var colon = uri.getUserInfo().indexOf(':');
        values.put(
                "database.username",
                colon < 0 ? uri.getUserInfo() : uri.getUserInfo().substring(0, colon));
        if (colon >= 0) values.put("database.password", uri.getUserInfo().substring(colon + 1));
    }

    private static URI parsed(String url) {
        try {
            var uri = new URI(url);
            if (uri.getHost() != null) return uri;
        } catch (URISyntaxException e) {
            // Said below, without the text: it holds a password.
        }
        throw new SettingsException(List.of(new SettingsProblem(
                "DATABASE_URL", "***", "write postgres://user:password@host:port/name, special characters as %XX")));
    }
}
