package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.SentPacks;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.LinkToken;
import dev.transpack.uploading.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.HtmlUtils;

/// `/d/**` over real HTTP, in front of a real S3 server, fetched by the programs people use.
@Timeout(180)
class LinkPagesTest {
    private static final String HOSTILE = "100%; <img src=x onerror=alert(1)> \\ \"$(touch x)\" é😀";

    @TempDir
    static Path folder;

    private static SentPacks sent;
    private static LinkServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        sent = new SentPacks(folder);
        server = LinkServer.start(sent, folder);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
        sent.close();
    }

    @Test
    void thePageShowsWhatThereIsAndHowToGetIt() throws Exception {
        var id = sent.send(PackRow.of("Sintel", Folders.film(Files.createTempDirectory(folder, "d"), "Sintel")));
        var page = get(server.address(link(id)).toString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(sent.get(id).contents().files())
                .describedAs("files, without folders")
                .isEqualTo(3);
        assertThat(page.body()).contains("Sintel", "Sintel.part1.rar", "film.mkv", "Windows", "macOS", "Linux");
        for (var volume : volumes(id))
            assertThat(page.body()).contains(volume.name(), "%08X".formatted(volume.crc()), volume.size() + " bytes");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @Test
    void aVolumeRedirectsToAFreshAddressEachTime() throws Exception {
        var id = sent.send(PackRow.of("Fresh", Folders.film(Files.createTempDirectory(folder, "d"), "Fresh")));
        var address = server.address(link(id)) + "/Fresh.part1.rar";
        var first = get(address);
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        var target = first.headers().firstValue("Location").orElseThrow();
        assertThat(target).contains("X-Amz-Expires=900", "X-Amz-Signature=");
        var bytes = http.send(request(target).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(bytes.statusCode()).isEqualTo(200);
        assertThat(bytes.headers().firstValue("Content-Disposition").orElse("")).contains("Fresh.part1.rar");
        assertThat(crc(bytes.body())).isEqualTo(volumes(id).getFirst().crc());
    }

    @Test
    void aHeadIsAnsweredHere() throws Exception {
        var id = sent.send(PackRow.of("Head", Folders.film(Files.createTempDirectory(folder, "d"), "Head")));
        var link = link(id);
        var answer = head(server.address(link) + "/Head.part1.rar");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(volumes(id).getFirst().size());
        assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(answer.headers().firstValue("ETag").orElse("")).matches("\"[0-9a-f]+\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.rar");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .contains("Head.part1.rar");
        assertThat(head(server.address(link) + "/manifest").headers().firstValueAsLong("Content-Length"))
                .hasValue(sent.store().find(manifest(id)).orElseThrow().size());
        assertThat(head(server.address(link).toString()).statusCode()).isEqualTo(200);
        assertThat(sent.get(id).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Mine.part1.RAR", "Mine.part9.rar", "Mine", "..%2FOther%2FOther.part1.rar", "%2e%2e", "'--"})
    void onlyExactNamesOfThisPacksVolumesAreGivenOut(String name) throws Exception {
        var id = sent.send(PackRow.of("Mine", Folders.film(Files.createTempDirectory(folder, "d"), "Mine")));
        sent.send(PackRow.of("Other", Folders.film(Files.createTempDirectory(folder, "d"), "Other")));
        var address = server.address(link(id));
        assertThat(get(address + "/" + name).statusCode()).isIn(400, 404);
        assertThat(get(address + "/Other.part1.rar").statusCode()).isEqualTo(404);
    }

    @Test
    void wrongExpiredAndRevokedLinksLookTheSame() throws Exception {
        var id = sent.send(PackRow.of("Same", Folders.film(Files.createTempDirectory(folder, "d"), "Same")));
        var revoked = link(id);
        assertThat(get(server.address(revoked) + "/Same.part1.rar").statusCode())
                .isEqualTo(302);
        server.links().revoke(revoked.link().id());
        var expired = link(id, "1m");
        var live = link(id);
        sent.clock().advance(Duration.ofMinutes(1));
        var wrong = server.addresses().page(new LinkToken("wrong")).toString();
        for (var end : List.of("", "/Same.part1.rar", "/manifest", "/checksums.sfv")) {
            var expected = get(wrong + end);
            assertThat(expected.statusCode()).isEqualTo(404);
            assertThat(expected.headers().firstValue("Cache-Control")).contains("no-store");
            for (var dead : List.of(revoked, expired)) {
                var answer = get(server.address(dead) + end);
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(expected.body());
                assertThat(head(server.address(dead) + end).statusCode()).isEqualTo(404);
            }
            assertThat(get(server.address(live) + end).statusCode()).isIn(200, 302);
        }
    }

    @Test
    void aPackThatIsNotSealedSaysSoAndGivesNothingOut() throws Exception {
        var id = sent.planned(PackRow.of("Early", Folders.film(Files.createTempDirectory(folder, "d"), "Early")));
        sent.packs().sending(id);
        sent.database().writes().sql("""
                        insert into volumes (pack_id, n, name, size, object_key, part_size, completed_at)
                        values (?, 0, 'Early.part1.rar', 5, 'some/prefix/x/Early.part1.rar', 5, 1)""").param(id).update();
        var address = server.address(link(id));
        assertThat(get(address.toString()).body())
                .contains("Not ready yet", "0 %")
                .doesNotContain("part1");
        for (var end : List.of("/Early.part1.rar", "/manifest", "/checksums.sfv")) {
            assertThat(get(address + end).statusCode()).isEqualTo(404);
            assertThat(head(address + end).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void checksumsAreALineForEachVolumeWhateverItsName() throws Exception {
        var id = sent.send(PackRow.of("Sums", Folders.film(Files.createTempDirectory(folder, "d"), "Sums")));
        sent.database()
                .writes()
                .sql("update volumes set name = ? where pack_id = ? and n = 0")
                .params("a\nb.rar 00000000\r\nc.rar", id)
                .update();
        var text = get(server.address(link(id)) + "/checksums.sfv").body();
        assertThat(text.lines()).hasSize(volumes(id).size()).allMatch(line -> line.matches(".+ [0-9A-F]{8}"));
    }

    @Test
    void theManifestIsHandedOut() throws Exception {
        var id = sent.send(PackRow.of("Man", Folders.film(Files.createTempDirectory(folder, "d"), "Man")));
        var target = get(server.address(link(id)) + "/manifest").headers().firstValue("Location");
        assertThat(get(target.orElseThrow()).body()).contains(id);
    }

    @Test
    void hostileNamesTravelUnharmed() throws Exception {
        var source = Folders.film(Files.createTempDirectory(folder, "d"), HOSTILE.replace("/", "_"));
        var id = sent.send(PackRow.of(HOSTILE, source));
        var link = link(id);
        var page = get(server.address(link).toString()).body();
        assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;").doesNotContain("<img");
        for (var volume : volumes(id)) {
            var address = server.addresses().of(link.token(), volume.name()).toString();
            assertThat(page).contains(address);
            assertThat(head(address).statusCode()).isEqualTo(200);
            var target = get(address).headers().firstValue("Location").orElseThrow();
            var bytes = http.send(request(target).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(crc(bytes.body())).isEqualTo(volume.crc());
        }
    }

    @Test
    void filesAreFetchedIntoTheirFolders() throws Exception {
        var names = List.of("CD1/01.mp3", "CD2/01.mp3", "CD2/a? \u2028100%;\\ – é😀.mp3");
        var source = Files.createTempDirectory(folder, "d").resolve("Album");
        for (var name : names) {
            Files.createDirectories(source.resolve(name).getParent());
            Files.writeString(source.resolve(name), "the song " + name);
        }
        var id = sent.send(PackRow.of("Album", source).form(new PackForm(PackFormat.FILES, null, null, null)));
        var page = get(server.address(link(id)).toString()).body();
        assertThat(page)
                .contains("Fetch every file", "in\n            3 files")
                .doesNotContain("every volume", "into one folder", "curl", "aria2c", "id=\"mending\"");
        var into = Files.createTempDirectory(folder, "get");
        Files.writeString(into.resolve("list.txt"), between(page, "id=\"addresses\"[^>]*"));
        run(into, between(page, "id=\"fetch\"").split(" "));
        for (var name : names) assertThat(into.resolve("Album").resolve(name)).hasContent("the song " + name);
    }

    @Test
    void whatMendsAVolumeIsNoVolume() throws Exception {
        var source = Folders.film(Files.createTempDirectory(folder, "d"), "It's");
        var zip = sent.send(PackRow.of("It's", source).form(new PackForm(PackFormat.ZIP, null, null, 5)));
        recovery(zip, "It's.zip");
        assertThat(words(zip))
                .contains("in 1 volume.", "a double click", "par2 repair 'It'\\''s.zip.par2' mends the volume.")
                .doesNotContain("Fetch every", "the others are found");
        var tar = sent.send(PackRow.of("It's", source).form(new PackForm(PackFormat.TAR, 64L << 10, null, 5)));
        var count = volumes(tar).size();
        recovery(tar, "It's.tar.001");
        assertThat(words(tar))
                .contains("in " + count + " volumes.", "cat 'It'\\''s.tar.'??? | tar -x")
                .contains("par2 repair 'It'\\''s.tar.001.par2' mends the first volume, and each other is");
    }

    @Test
    void curlWgetAndAria2FetchAllOfIt() throws Exception {
        var id = sent.send(PackRow.of("Tools", Folders.film(Files.createTempDirectory(folder, "d"), "Tools")));
        var link = link(id);
        var list = folder.resolve("list.txt");
        var addresses = volumes(id).stream()
                .map(volume ->
                        server.addresses().of(link.token(), volume.name()).toString())
                .toList();
        Files.write(list, addresses);
        var page = server.address(link).toString();
        assertThat(get(page).body()).contains(">transpack get " + page + "<");
        var first = addresses.getFirst();
        fetched(id, 1, "curl", "-fsS", "-L", "-O", "-J", first);
        fetched(id, addresses.size(), "wget", "-q", "-c", "-i", list.toString());
        fetched(id, addresses.size(), "aria2c", "-q", "-c", "-i", list.toString());
        fetched(id, 1, "aria2c", "-q", "-x4", "-s4", "-k1M", "--use-head=true", first);
    }

    @Test
    void curlGoesOnWhereItStopped() throws Exception {
        var id = sent.send(PackRow.of("Resume", Folders.film(Files.createTempDirectory(folder, "d"), "Resume")));
        var address = server.address(link(id)) + "/Resume.part1.rar";
        var into = Files.createTempDirectory(folder, "get");
        var file = into.resolve("Resume.part1.rar");
        run(into, "curl", "-fsS", "-L", "-r", "0-999", "-o", file.toString(), address);
        assertThat(file).hasSize(1000);
        run(into, "curl", "-fsS", "-L", "-C", "-", "-o", file.toString(), address);
        assertThat(crc(Files.readAllBytes(file)))
                .isEqualTo(volumes(id).getFirst().crc());
    }

    @Test
    void noTokenAndNoPresignedAddressIsLogged() throws Exception {
        var id = sent.send(PackRow.of("Quiet", Folders.film(Files.createTempDirectory(folder, "d"), "Quiet")));
        var link = link(id);
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        ((Logger) LoggerFactory.getLogger("dev.transpack")).setLevel(Level.DEBUG);
        try {
            var address = server.address(link).toString();
            for (var end :
                    List.of("", "/Quiet.part1.rar", "/nothing", "/a/b/c", "/checksums.sfv", "/", "//", "/%00", "/%"))
                raw(address + end);
            http.send(
                    request(address).POST(HttpRequest.BodyPublishers.noBody()).build(),
                    HttpResponse.BodyHandlers.ofString());
            server.links().revoke(link.link().id());
            get(address);
        } finally {
            root.detachAppender(log);
            ((Logger) LoggerFactory.getLogger("dev.transpack")).setLevel(Level.INFO);
        }
        assertThat(log.list)
                .noneMatch(event ->
                        event.getFormattedMessage().contains(link.token().reveal())
                                || String.valueOf(event.getKeyValuePairs())
                                        .contains(link.token().reveal())
                                || event.getFormattedMessage().contains("X-Amz-Signature"));
    }

    @Test
    void theHostHeaderChangesNoAddress() throws Exception {
        var id = sent.send(PackRow.of("Host", Folders.film(Files.createTempDirectory(folder, "d"), "Host")));
        var output = Files.createTempFile(folder, "page", ".html");
        var address = server.address(link(id)).toString();
        run(folder, "curl", "-sS", "-HHost: evil.example", "-HX-Forwarded-Host: evil.example", "-o" + output, address);
        assertThat(Files.readString(output)).contains("Host.part1.rar").doesNotContain("evil.example");
    }

    record Row(String name, long size, int crc) {}

    private static List<Row> volumes(String id) {
        return sent.database()
                .reads()
                .sql("select name, size, crc32 from volumes where pack_id = ? order by n")
                .param(id)
                .query((row, n) -> new Row(row.getString(1), row.getLong(2), (int) row.getLong(3)))
                .list();
    }

    private static LinkAnswer.Created link(String id) {
        return link(id, "7d");
    }

    private static LinkAnswer.Created link(String id, String lifetime) {
        return (LinkAnswer.Created) server.links().create(sent.get(id), LinkLifetime.parse(lifetime), "ann");
    }

    /// As if a pack had been sent with recovery data for this volume.
    private static void recovery(String id, String volume) {
        for (var ending : List.of(".par2", ".vol0+1.par2"))
            sent.database().writes().sql("""
                            insert into volumes (pack_id, n, name, size, object_key, part_size, crc32, completed_at)
                            select pack_id, max(n) + 1, ?, 5, object_key, part_size, 0, 1 from volumes where pack_id = ?""").params(volume + ending, id).update();
    }

    /// What the page of a link says, as people read it.
    private static String words(String id) throws Exception {
        var page = get(server.address(link(id)).toString()).body();
        return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", "")).replaceAll("\\s+", " ");
    }

    private static String between(String page, String start) {
        var found = Pattern.compile(start + ">([^<]*)<").matcher(page);
        assertThat(found.find()).isTrue();
        return HtmlUtils.htmlUnescape(found.group(1));
    }

    private static void fetched(String id, int count, String... command) throws Exception {
        var into = Files.createTempDirectory(folder, "get");
        run(into, command);
        for (var volume : volumes(id).subList(0, count))
            assertThat(crc(Files.readAllBytes(into.resolve(volume.name())))).isEqualTo(volume.crc());
        try (var files = Files.list(into)) {
            assertThat(files).hasSize(count);
        }
    }

    private static void run(Path folder, String... command) throws Exception {
        var output = Files.createTempFile("output", ".txt");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).describedAs(Files.readString(output)).isZero();
        Files.delete(output);
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /// An address that URI would refuse.
    private static void raw(String address) throws Exception {
        run(folder, "curl", "-sS", "-o", "/dev/null", address);
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address));
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return http.send(request(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ObjectKey manifest(String id) {
        return new ObjectKey(sent.packs().manifestKey(id).orElseThrow());
    }

    private static HttpResponse<Void> head(String address) throws Exception {
        return http.send(request(address).HEAD().build(), HttpResponse.BodyHandlers.discarding());
    }
}
