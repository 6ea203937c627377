package dev.transpack.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.settings.ByteSize;
import dev.transpack.settings.SettingsSource;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkToken;
import dev.transpack.uploading.RateLimit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Packs without a bucket: served from the files they were made of, fetched with the programs that people have.
@Timeout(240)
class BoxJourneyTest {
    private static final int FILM = 12 << 20;
    private static final String NAME = "A film (2026)";

    @TempDir
    Path folder;

    private Path downloads;
    private Path source;
    private Path config;
    private Server server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        downloads = Files.createDirectory(folder.resolve("downloads"));
        source = Folders.film(downloads, NAME);
        Folders.file(source, "big film.mkv", FILM);
        config = Files.writeString(folder.resolve("client.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
        serve();
        port = server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void serve() {
        server = Server.start(
                AppSettings.read(SettingsSource.of(Map.of(
                        "data-dir", folder.resolve("data").toString(),
                        "server.port", Integer.toString(port),
                        "transmission.url", "none",
                        "downloads.dir", downloads.toString()))),
                Server.Role.WEB_AND_WORKER);
    }

    @ParameterizedTest
    @CsvSource({"rar, 5m", "rar, 1g", "zip, 0", "zip, 5m", "tar, 5m"})
    void whatIsFetchedIsWhatPackWrites(String format, String volumeSize) throws Exception {
        var size = volumeSize.equals("0") ? List.<String>of() : List.of("--volume-size", volumeSize);
        var link = sent(format, size);
        var packed = new ArrayList<>(List.of(
                "pack", source.toString(), "--output", folder.resolve("packed").toString(), "--format", format));
        packed.addAll(size);
        assertThat(CommandRun.of(packed.toArray(String[]::new)).exitCode()).isZero();

        var fetched = fetchAll(link, "curl", "-sSfgOJ");

        Commands.succeed("diff", "-r", folder.resolve("packed").toString(), fetched.toString());
        var into = folder.resolve("extracted");
        (switch (format) {
                    case "rar" -> Extracted.byUnrar(fetched, into);
                    case "zip" -> Extracted.bySevenZip(fetched, into);
                    default -> Extracted.byTar(fetched, into);
                })
                .isSameAs(source);
    }

    @Test
    void filesAreFetchedAsTheyAre() throws Exception {
        var link = sent("files", List.of());
        var fetched = folder.resolve("fetched");
        for (var name : List.of("big film.mkv", "film.mkv", "subs/en.srt")) {
            var to = fetched.resolve(name);
            Files.createDirectories(to.getParent());
            Commands.succeed("curl", "-sSfg", "-o", to.toString(), address(link, NAME + "/" + name));
            assertThat(to).hasSameBinaryContentAs(source.resolve(name));
        }
    }

    @ParameterizedTest
    @CsvSource({"rar, 5m", "zip, 5m", "tar, 5m", "files, 0"})
    void getFetchesAndUnpacksIt(String format, String volumeSize) throws Exception {
        var size = volumeSize.equals("0") ? List.<String>of() : List.of("--volume-size", volumeSize);
        var home = folder.resolve("home");
        var got = CommandRun.of("get", sent(format, size), "-o", home.toString());
        assertThat(got.exitCode()).as(got.err()).isZero();
        Commands.succeed("diff", "-r", source.toString(), home.resolve(NAME).toString());
    }

    @Test
    void programsGoOnWhereTheyStopped() throws Exception {
        var link = sent("rar", List.of("--volume-size", "1g"));
        var address = address(link, NAME + ".rar");
        var whole = folder.resolve("whole.rar");
        Commands.succeed("curl", "-sSfg", "-o", whole.toString(), address);
        for (var program : List.of(
                List.of("curl", "-sSfg", "-C", "-", "-o"),
                List.of("wget", "-q", "-c", "-O"),
                List.of("aria2c", "-q", "-c", "-x", "4", "-k", "1M", "--allow-overwrite=true", "-d", "/", "-o"))) {
            var part = folder.resolve(program.getFirst());
            try (var content = Files.newInputStream(whole)) {
                Files.write(part, content.readNBytes(5_000_001));
            }
            var command = new ArrayList<>(program);
            command.add(part.toString());
            command.add(address);
            Commands.succeed(command.toArray(String[]::new));
            assertThat(part).as(program.getFirst()).hasSameBinaryContentAs(whole);
        }
    }

    @Test
    void aServerThatWasStartedAgainGoesOnAtOnce() throws Exception {
        var link = sent("rar", List.of("--volume-size", "1g"));
        var address = address(link, NAME + ".rar");
        var whole = folder.resolve("whole.rar");
        Commands.succeed("curl", "-sSfg", "-o", whole.toString(), address);
        var part = folder.resolve("part.rar");
        var slow = begun(part, address);
        server.close();
        assertThat(slow.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.exitValue()).isNotZero();
        assertThat(Files.size(part)).isLessThan(Files.size(whole));

        serve();
        Commands.succeed("curl", "-sSfg", "-C", "-", "-o", part.toString(), address);

        assertThat(part).hasSameBinaryContentAs(whole);
    }

    @Test
    void itSaysOfAVolumeWhatABucketWould() throws Exception {
        var address = address(sent("rar", List.of("--volume-size", "1g")), NAME + ".rar");
        var all = get(address);
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(header(all, "ETag")).matches("\"[0-9a-f]{32}-1\"");
        assertThat(header(all, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(all, "Content-Type")).isEqualTo("application/vnd.rar");
        assertThat(header(all, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + NAME + ".rar\"; filename*=UTF-8''A%20film%20%282026%29.rar");
        assertThat(header(all, "X-Content-Type-Options")).isEqualTo("nosniff");

        var head = asked("HEAD", address);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(all.body().length));
        assertThat(header(head, "ETag")).isEqualTo(header(all, "ETag"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void oneRangeIsGivenAndOnlyOfTheSameVolume() throws Exception {
        var address = address(sent("rar", List.of("--volume-size", "1g")), NAME + ".rar");
        var all = get(address);
        var size = all.body().length;
        var tag = header(all, "ETag");

        var range = get(address, "Range", "bytes=100-299");
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(header(range, "Content-Range")).isEqualTo("bytes 100-299/" + size);
        assertThat(range.body()).isEqualTo(Arrays.copyOfRange(all.body(), 100, 300));
        assertThat(get(address, "Range", "bytes=-7").body()).isEqualTo(Arrays.copyOfRange(all.body(), size - 7, size));
        assertThat(get(address, "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);
        var beyond = get(address, "Range", "bytes=" + size + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + size);

        for (var same : List.of(tag, header(all, "Last-Modified")))
            assertThat(get(address, "Range", "bytes=5-9", "If-Range", same).body())
                    .hasSize(5);
        assertThat(get(address, "Range", "bytes=5-9", "If-Range", "\"other\"").body())
                .hasSize(size);
        assertThat(get(address, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get(address, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(get(address, "If-Match", "\"other\", " + tag).statusCode()).isEqualTo(200);
    }

    @Test
    void aPasswordIsKeptAsLongAsThePackIsServed() throws Exception {
        var input = Files.writeString(folder.resolve("input"), "correct horse\n");
        var line = arguments("send", NAME, "--password-stdin", "--volume-size", "5m", "--wait");
        var sent = TranspackProcess.run(folder, input, Map.of(), line);
        assertThat(sent.exitCode()).as(sent.output()).isZero();
        var link = sent.output().lines().toList().getLast().substring("link: ".length());
        assertThat(new String(get(link).body(), UTF_8)).doesNotContain("film");
        server.close();
        serve();

        var fetched = fetchAll(link, "curl", "-sSfgOJ");

        Extracted.bySevenZip(fetched, folder.resolve("extracted"), "correct horse")
                .isSameAs(source);
        assertThat(run("purge", NAME, "--from", "bucket", "--yes").exitCode()).isZero();
        Eventually.until(
                "the password is forgotten",
                () -> count("select count(*) from pack_secrets where password is not null") == 0);
    }

    @Test
    void onlyVolumesOfThatPackAreGivenOutAndOnlyWhileTheLinkLives() throws Exception {
        var link = sent("rar", List.of("--volume-size", "1g"));
        assertThat(get(link + "/film.mkv").statusCode()).isEqualTo(404);
        assertThat(get(link + "/..%2f..%2fdownloads").statusCode()).isIn(400, 404);
        assertThat(new String(get(link + "/manifest").body(), UTF_8))
                .contains("\"path\":\"" + NAME + "/big film.mkv\"", "\"sha256\"");
        assertThat(asked("HEAD", link + "/manifest").statusCode()).isEqualTo(200);
        assertThat(run("link", "revoke", link).exitCode()).isZero();
        assertThat(get(address(link, NAME + ".rar")).statusCode()).isEqualTo(404);
        assertThat(get(link + "/manifest").statusCode()).isEqualTo(404);
    }

    @Test
    void aChangedFileIsNeverGivenOutAndSeenOnThePack() throws Exception {
        var link = sent("rar", List.of("--volume-size", "5m"));
        var address = address(link, NAME + ".part1.rar");
        var film = source.resolve("big film.mkv");
        var before = Files.getLastModifiedTime(film);
        assertThat(get(address).statusCode()).isEqualTo(200);

        Files.setLastModifiedTime(film, FileTime.fromMillis(before.toMillis() + 2_000));
        var gone = get(address);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(new String(gone.body(), UTF_8))
                .contains("ask who sent you the link")
                .doesNotContain("big film");
        assertThat(asked("HEAD", address).statusCode()).isEqualTo(410);
        assertThat(pack().path("error").asString()).contains("big film.mkv", "send the download again");

        assertThat(new String(get(link).body(), UTF_8)).contains("could not be fetched");
        Files.setLastModifiedTime(film, before);
        Eventually.until(
                "it is seen that all is well again",
                () -> get(address).statusCode() == 200
                        && pack().path("error").asString("").isEmpty());
        assertThat(new String(get(link).body(), UTF_8)).doesNotContain("could not be fetched");
    }

    @Test
    void aFileThatChangesWhileItIsFetchedCutsTheDownloadShort() throws Exception {
        var link = sent("rar", List.of("--volume-size", "1g"));
        var part = folder.resolve("part.rar");
        var slow = begun(part, address(link, NAME + ".rar"));
        Folders.file(source, "big film.mkv", FILM + 1);
        assertThat(slow.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.exitValue()).as("transfer closed with outstanding data").isEqualTo(18);
        assertThat(pack().path("error").asString()).contains("big film.mkv");
    }

    @Test
    void whatTheBoxCannotDoIsRefusedWithTheRemedy() {
        assertThat(run("send", NAME, "--destination", "box", "--format", "rar-binary")
                        .err())
                .contains("choose rar, or another destination");
        assertThat(run("send", NAME, "--recovery", "5").err()).contains("choose 0 percent");
        assertThat(run("send", NAME, "--destination", "bucket").err()).contains("there are [box]");
    }

    @Test
    void nothingButAPersonLetsTheOnlyCopyGo() throws Exception {
        var link = sent("rar", List.of("--volume-size", "1g"));
        var plan = run("purge", NAME, "--from", "disk", "--dry-run");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .contains("refused: The pack is served from these very files and lies in no bucket")
                .contains("stays  Nothing stays here to fetch or to restore from");

        assertThat(run("home", NAME).exitCode()).isZero();
        var done = run("purge", NAME, "--from", "disk", "--yes");
        assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        Eventually.until("it is gone", () -> Files.notExists(source));
        Eventually.until("it is purged", () -> pack().path("state").asString().equals("purged"));
        assertThat(get(link).statusCode()).isEqualTo(404);
    }

    @Test
    void aPackThatIsNoLongerServedLeavesItsFilesAlone() throws Exception {
        var link = sent("zip", List.of());
        var done = run("purge", NAME, "--from", "bucket", "--yes");
        assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        Eventually.until("it is purged", () -> pack().path("state").asString().equals("purged"));
        assertThat(get(link).statusCode()).isEqualTo(404);
        assertThat(source.resolve("big film.mkv")).hasSize(FILM);
        assertThat(count("select count(*) from box_packs")).isZero();
    }

    private long count(String question) {
        return server.part(Database.class)
                .reads()
                .sql(question)
                .query(Long.class)
                .single();
    }

    /// A download in the middle; the server sends no more than 2 MiB a second, whatever fits into its buffers.
    private Process begun(Path part, String address) throws Exception {
        server.part(RateLimit.class).change(ByteSize.parse("2m"));
        var curl = new ProcessBuilder("curl", "-sSfg", "-o", part.toString(), address).start();
        Eventually.until("some of it is there", () -> Files.exists(part) && Files.size(part) > 1 << 20);
        return curl;
    }

    private String sent(String format, List<String> more) {
        var line = new ArrayList<>(List.of("send", NAME, "--format", format, "--wait"));
        line.addAll(more);
        var sent = run(line.toArray(String[]::new));
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isZero();
        return sent.last().substring("link: ".length());
    }

    private Path fetchAll(String link, String... program) throws Exception {
        var fetched = Files.createDirectory(folder.resolve("fetched"));
        for (var line : Commands.succeed("curl", "-sSf", link + "/checksums.sfv")
                .lines()
                .toList()) {
            var name = line.substring(0, line.lastIndexOf(' '));
            var command = new ArrayList<>(List.of(program));
            command.addAll(List.of("--output-dir", fetched.toString(), address(link, name)));
            Commands.succeed(command.toArray(String[]::new));
        }
        return fetched;
    }

    private String address(String link, String volume) {
        return server.part(LinkAddresses.class)
                .of(new LinkToken(link.substring(link.lastIndexOf('/') + 1)), volume)
                .toString();
    }

    private JsonNode pack() {
        return run("packs", "--json").json().path(0);
    }

    private CommandRun run(String... line) {
        return CommandRun.of(arguments(line));
    }

    private String[] arguments(String... line) {
        var all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--url", "http://127.0.0.1:" + port, "--config", config.toString()));
        return all.toArray(String[]::new);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<byte[]> get(String address, String... headers) throws Exception {
        return asked("GET", address, headers);
    }

    private static HttpResponse<byte[]> asked(String method, String address, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        }
    }
}
