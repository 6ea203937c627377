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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which server a command talks to, and as whom: `--url`, else `TRANSPACK_URL`, else the one that runs on
/// this data directory, else the one that the settings describe; `TRANSPACK_TOKEN`, else the token that the running
/// server left for its own user. That one goes to that server only, not to whoever listens on another port.
final class ClientOptions {
    private static final Set<String> EVERY_ADDRESS = Set.of("", "0.0.0.0", "::", "[::]");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server's address; else TRANSPACK_URL, else the one that runs here, or is in the settings.")
    private @Nullable String url;

    ApiClient connect() {
        var reader = new SettingsReader(settings.source(Map.of()));
        var named = url != null ? url : System.getenv("TRANSPACK_URL");
        var asked = Optional.ofNullable(named).filter(text -> !text.isBlank()).map(text -> parse(text.strip()));
        var local = new LocalToken(AppSettings.dataDir(reader));
        var running = readable(local::address);
        var given = given();
        if (running.isPresent() && asked.map(url -> same(url, running.get())).orElse(true))
            return new ApiClient(running.get(), given.or(() -> readable(local::read)));
        return new ApiClient(asked.orElseGet(() -> address(ServerSettings.read(reader))), given);
    }

    /// `localhost` may lead to another than the server's own address, and there to another process: who names it gets
    /// the server's.
    private static boolean same(URI asked, URI running) {
        var host = asked.getHost();
        return "http".equals(asked.getScheme())
                && asked.getPort() == running.getPort()
                && (host.equals(running.getHost())
                        || (host.equals("localhost") && LOOPBACK.contains(running.getHost())));
    }

    private static Optional<Secret> given() {
        return Optional.ofNullable(System.getenv("TRANSPACK_TOKEN"))
                .filter(text -> !text.isBlank())
                .map(text -> new Secret(checked(text.strip())));
    }

    /// The server's own files may not be readable for whoever runs this: the server then asks for a token.
    private static <T> Optional<T> readable(Supplier<Optional<T>> file) {
        try {
            return file.get();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /// Where a server with these settings is reached from this machine.
    static URI address(ServerSettings server) {
        return address(server, server.port());
    }

    /// The same, when it listens on another port than the one that is set.
    static URI address(ServerSettings server, int port) {
        var host = EVERY_ADDRESS.contains(server.address()) ? "127.0.0.1" : server.address();
        var literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return parse("http://" + literal + ":" + port + server.basePath() + "/");
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
