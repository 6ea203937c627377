package dev.transpack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The demo's own Transmission daemon, where one is installed: it seeds the sample downloads and talks to nobody.
public final class DemoTransmission implements AutoCloseable {
    private static final String USER = "demo";

    private final ChildProcess process;
    private final int port;
    private final String password;

    private DemoTransmission(ChildProcess process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /// Starts one on these downloads; empty when the daemon or its torrent maker is not installed.
    public static Optional<DemoTransmission> start(Path home, Path downloads) throws IOException, InterruptedException {
        if (!installed("transmission-daemon") || !installed("transmission-create")) return Optional.empty();
        Files.createDirectories(home);
        var port = ChildProcess.freePort();
        var password = randomPassword();
        Files.writeString(
                home.resolve("settings.json"),
                JsonMapper.shared().writeValueAsString(settings(downloads, port, password)));
        var command = List.of("transmission-daemon", "--foreground", "--config-dir", home.toString());
        return Optional.of(
                new DemoTransmission(ChildProcess.start(command, port, home.resolve("daemon.log")), port, password));
    }

    /// The settings that make Transpack talk to it.
    public Map<String, String> settings() {
        return Map.of(
                "transmission.url", "http://127.0.0.1:" + port + "/transmission/rpc",
                "transmission.username", USER,
                "transmission.password", password);
    }

    /// The `.torrent` file of a download.
    public byte[] torrentOf(Path download) throws IOException, InterruptedException {
        var file = Files.createTempFile("transpack-demo", ".torrent");
        try {
            Files.delete(file);
            var process = new ProcessBuilder(
                            "transmission-create",
                            "--outfile",
                            file.toString(),
                            "--tracker",
                            "http://127.0.0.1:1/announce",
                            download.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) throw new IOException("transmission-create failed for " + download);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static boolean installed(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }

    private static String randomPassword() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, Object> settings(Path downloads, int port, String password) throws IOException {
        return Map.ofEntries(
                Map.entry("download-dir", downloads.toString()),
                Map.entry("rpc-bind-address", "127.0.0.1"),
                Map.entry("rpc-port", port),
                Map.entry("rpc-authentication-required", true),
                Map.entry("rpc-username", USER),
                Map.entry("rpc-password", password),
                Map.entry("bind-address-ipv4", "127.0.0.1"),
                Map.entry("peer-port", ChildProcess.freePort()),
                Map.entry("peer-port-random-on-start", false),
                Map.entry("dht-enabled", false),
                Map.entry("lpd-enabled", false),
                Map.entry("pex-enabled", false),
                Map.entry("utp-enabled", false),
                Map.entry("port-forwarding-enabled", false),
                Map.entry("preallocation", 0));
    }
}
