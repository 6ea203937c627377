package dev.transpack.command;

import dev.transpack.accounts.LocalToken;
import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsException;
import dev.transpack.settings.SettingsProblem;
import dev.transpack.settings.SettingsReader;
import dev.transpack.web.ServerSettings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which server a command talks to, and as whom: `--url`, else `TRANSPACK_URL`, else the one that the settings
/// describe;
/// `TRANSPACK_TOKEN`, else the token that a server on this machine left for its own user. That one never leaves the
/// machine.
final class ClientOptions {
    private static final Set<String> EVERY_ADDRESS = Set.of("", "0.0.0.0", "::", "[::]");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's address; else TRANSPACK_URL, else the one in the settings.")
    private @Nullable String url;

    ApiClient connect() {
        var reader = new SettingsReader(settings.source(Map.of()));
        var named = url != null ? url : System.getenv("TRANSPACK_URL");
        var usual = address(ServerSettings.read(reader));
        var server = named == null || named.isBlank() ? usual : parse(named.strip());
        return new ApiClient(server, token(reader, server, usual));
    }

    private static Optional<Secret> token(SettingsReader reader, URI server, URI usual) {
        var given = System.getenv("TRANSPACK_TOKEN");
        if (given != null && !given.isBlank()) return Optional.of(new Secret(checked(given.strip())));
        var host = server.getHost();
        if (!THIS_MACHINE.contains(host) && !host.equals(usual.getHost())) return Optional.empty();
        return fromFile(AppSettings.dataDir(reader));
    }

    /// The server's own file may not be readable for whoever runs this: the server then asks for a token.
    private static Optional<Secret> fromFile(Path dataDir) {
        try {
            return new LocalToken(dataDir).read();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// Where a server with these settings is reached from this machine.
    static URI address(ServerSettings server) {
        var host = EVERY_ADDRESS.contains(server.address()) ? "127.0.0.1" : server.address();
        var literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return parse("http://" + literal + ":" + server.port() + server.basePath() + "/");
    }

    private static URI parse(String text) {
        try {
            var uri = new URI(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) return uri;
        } catch (URISyntaxException e) {
            // Said below, as for any other text that is no address.
        }
        throw wrong("TRANSPACK_URL", text, "write an address such as http://127.0.0.1:8080");
    }

    /// What has a control character in it cannot be sent as a header.
    private static String checked(String token) {
        if (token.chars().allMatch(c -> c > ' ' && c < 0x7f)) return token;
        throw wrong("TRANSPACK_TOKEN", "***", "write the token as it was shown: tp_ and letters, digits, - and _");
    }

    private static SettingsException wrong(String what, String value, String remedy) {
        return new SettingsException(List.of(new SettingsProblem(what, value, remedy)));
    }
}
