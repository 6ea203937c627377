package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A server, a bucket behind a relay, a download of 30 MiB, and links to packs of it in any form.
final class GetFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String NAME = "Some Show";
    static final int PART = 5 << 20;
    static final int PARTS = 8;
    private static final Pattern RANGE = Pattern.compile("(?i)range: bytes=(\\d+)-(\\d+)");

    final S3Relay relay = S3Relay.before(S3Server.shared());
    final Server server;
    final Path source;
    private final Path folder;
    private final Path config;
    private final Map<String, String> links = new HashMap<>();

    GetFixture(Path folder) throws Exception {
        this.folder = folder;
        source = season(Files.createDirectory(folder.resolve("downloads")));
        var settings = new HashMap<>(Map.of(
                "data-dir", folder.resolve("data").toString(),
                "server.port", "0",
                "transmission.url", "none",
                "downloads.dir", source.getParent().toString(),
                "upload.part-size", "5m"));
        settings.putAll(Map.of(
                "destinations.box.bucket",
                S3Server.shared().newBucket(),
                "destinations.box.endpoint",
                relay.endpoint().toString(),
                "destinations.box.access-key",
                S3Server.ACCESS_KEY,
                "destinations.box.secret-key",
                S3Server.SECRET_KEY));
        server = Server.start(AppSettings.read(SettingsSource.of(settings)), Server.Role.WEB_AND_WORKER);
        config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
    }

    /// With volumes of 12 MiB it leads to three, of three, three and two parts.
    ///
    /// @param volumeSize empty for what is usual
    String link(String format, String volumeSize, boolean encrypted) throws Exception {
        var name = "get-" + format + "-" + volumeSize + (encrypted ? "-secret" : "");
        var known = links.get(name);
        if (known != null) return known;
        var line = new ArrayList<>(List.of(NAME, "--name", name, "--format", format));
        if (!volumeSize.isEmpty()) line.addAll(List.of("--volume-size", volumeSize));
        if (encrypted) line.add("--password-stdin");
        links.put(name, sent(line.toArray(String[]::new)));
        return links.get(name);
    }

    /// @return the link
    String sent(String... line) throws Exception {
        var all = new ArrayList<>(List.of("send"));
        all.addAll(List.of(line));
        all.add("--wait");
        var encrypted = all.contains("--password-stdin");
        var said = encrypted ? typing(PASSWORD, here(all)) : run(here(all));
        return said.substring(said.indexOf("link: ") + "link: ".length())
                .lines()
                .findFirst()
                .orElseThrow();
    }

    String[] here(List<String> line) {
        var all = new ArrayList<>(line);
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port(), "--config", config.toString()));
        return all.toArray(String[]::new);
    }

    /// How often the bucket was asked for anything by a presigned address.
    long requests() {
        return relay.seen(Kind.GET).stream()
                .filter(message -> message.toString().contains("X-Amz-Signature"))
                .count();
    }

    /// How often it was asked for a part.
    long parts() {
        return relay.seen(Kind.GET).stream().filter(GetFixture::isPart).count();
    }

    /// Not a few bytes that only say how an encrypted part begins.
    static boolean isPart(S3Message message) {
        var range = RANGE.matcher(message.headers());
        return message.toString().contains("X-Amz-Signature")
                && range.find()
                && Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) > 1000;
    }

    /// Content, names, links, times and modes.
    void assertIsIn(Path directory) throws Exception {
        new Extracted(directory).isSameAs(source);
        try (var all = Files.walk(source)) {
            for (var path : all.toList()) {
                var there = directory.resolve(source.getParent().relativize(path));
                assertThat(facts(there)).as(path.toString()).isEqualTo(facts(path));
            }
        }
        assertThat(directory.toFile().list()).containsExactly(NAME);
    }

    private static List<Object> facts(Path path) throws Exception {
        return List.of(
                Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS),
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static String run(String... line) {
        var ended = CommandRun.of(line);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }

    private String typing(String answer, String... line) throws Exception {
        var input = Files.writeString(folder.resolve("input"), answer + "\n");
        var ended = TranspackProcess.run(folder, input, Map.of(), line);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    private static Path season(Path downloads) throws Exception {
        var season = Files.createDirectory(downloads.resolve(NAME));
        Folders.file(season, "episode 1.mkv", (11 << 20) + 13);
        Folders.file(season, "sub/$(touch x).nfo", 77);
        Folders.file(season, "episode 2.mkv", (13 << 20) + 1);
        Folders.file(season, "sub/empty", 0);
        Folders.file(season, "sub/naïve 😀 \\ \"quoted\".txt", 15);
        Folders.file(season, "zz last.mkv", 6 << 20);
        Files.createDirectory(season.resolve("sub/empty folder"));
        Files.createSymbolicLink(season.resolve("latest"), Path.of("zz last.mkv"));
        Files.setPosixFilePermissions(season.resolve("zz last.mkv"), PosixFilePermissions.fromString("r-xr-x---"));
        Files.setPosixFilePermissions(season.resolve("sub"), PosixFilePermissions.fromString("rwxr-x--x"));
        var old = FileTime.from(Instant.parse("2011-11-11T11:11:11.123456789Z"));
        for (var name : List.of("episode 1.mkv", "sub/empty", "sub/empty folder", "sub"))
            Files.setLastModifiedTime(season.resolve(name), old);
        Commands.succeed(
                "touch",
                "-h",
                "-d",
                "2012-12-12 12:12:12",
                season.resolve("latest").toString());
        return season;
    }

    @Override
    public void close() {
        server.close();
        relay.close();
    }
}
