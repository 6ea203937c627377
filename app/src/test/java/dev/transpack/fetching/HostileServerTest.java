package dev.transpack.fetching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.transpack.uploading.Retries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a server says, nothing is written where it should not be, and what is wrong is said.
@Timeout(60)
class HostileServerTest {
    private static final Retries QUICK = new Retries(3, Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    Path home;

    private final Queue<String> waits = new ConcurrentLinkedQueue<>();
    private SmallServer server;

    @BeforeEach
    void start() throws Exception {
        server = new SmallServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anHonestPackArrives() throws Exception {
        fetch();
        var top = home.resolve("in/Top");
        assertThat(top.resolve("a")).hasBinaryContent(Arrays.copyOfRange(server.volume, 100, 600));
        assertThat(top.resolve("b")).hasBinaryContent(Arrays.copyOfRange(server.volume, 600, 900));
        assertThat(top.resolve("l")).hasBinaryContent(Arrays.copyOfRange(server.volume, 100, 600));
        assertThat(home.resolve("in").toFile().list()).containsExactly("Top");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "Top/b"                | "../b"                  | '../b' has an empty, '.' or '..' component
            "Top/b"                | "Top/../../b"           | '..' component
            "Top/b"                | "/tmp/b"                | '/tmp/b' is absolute
            "Top/b"                | "C:/b"                  | 'C:/b' names a drive
            "Top/b"                | "c:\\\\b"               | names a drive
            "Top/b"                | "C:"                    | names a drive
            "Top/b"                | "Top//b"                | has an empty
            "Top/b"                | ""                      | has an empty
            "Top/b"                | "Top/b\\u0000.txt"      | is no name on this machine
            "Top/b"                | "Top/\\ud800"           | is no name on this machine
            "Top/b"                | "Top/a"                 | 'Top/a' occurs twice
            "Top/b"                | "Top/l/b"               | lies below 'Top/l', which is no folder
            "Top/b"                | "Top/a/b"               | lies below 'Top/a', which is no folder
            "v.tar"                | "../v.tar"              | '../v.tar' has an empty
            "kind":"symlink"       | "kind":"socket"         | is a 'socket', which nobody knows
            "link":"a"             | "goal":"a"              | is a link without a target
            "size":300             | "size":-300             | 'Top/b' has -300 bytes
            "size":300             | "size":9223372036854775807 | do not add up
            "size":300             | "size":301              | the places of 'Top/b' do not add up
            "length":300           | "length":-300           | leave gaps or overlap
            "length":300           | "length":0              | leave gaps or overlap
            "from":450             | "from":400              | leave gaps or overlap
            "offset":600           | "offset":-1             | 'Top/b' lies behind the end of 'v.tar'
            "offset":600           | "offset":701            | 'Top/b' lies behind the end of 'v.tar'
            "offset":600           | "offset":9223372036854775807 | 'Top/b' lies behind the end
            "offset":600           | "offset":599            | two of its files share the same bytes
            {"volume":0,"offset":600 | {"volume":1,"offset":600 | lies in a volume that is not there
            {"volume":0,"offset":600 | {"volume":-1,"offset":600 | lies in a volume that is not there
            "size":1000            | "size":1001             | the parts of 'v.tar' do not add up
            "size":400             | "size":-400             | a part of 'v.tar' has -400 bytes
            "size":400             | "size":9223372036854775807 | the parts of 'v.tar' do not add up
            "sha256":"             | "sha256":"zz            | a checksum of 'v.tar' is none
            "2020-01-01T00:00:00Z","mode":33188 | "yesterday","mode":33188 | the time of 'Top/a' is none
            "version":1            | "version":2             | a newer Transpack wrote it
            "files":               | "files":null,"f":       | not a pack's manifest
            "tool":"test"          | "tool":null             | not a pack's manifest
            "volumes":             | "volumes":[],"v":       | names 0 volumes
            {"version"             | ["version"              | not a pack's manifest
            """)
    void whatIsWrongInAManifestIsNamedAndNothingIsFetched(String honest, String wrong, String said) throws Exception {
        server.manifest = server.manifest.replace(honest, wrong);
        var failure = catchThrowable(this::fetch);
        assertThat(failure).isInstanceOf(FetchException.class).hasMessageContaining(said);
        assertThat(failure.getMessage()).doesNotContain("dev.transpack", "token");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aPackThatFitsOnNoDiskIsNotBegun() throws Exception {
        var huge = 1L << 60;
        server.manifest = server.manifest
                .replace("\"size\":300", "\"size\":" + huge)
                .replace("\"length\":300", "\"length\":" + huge)
                .replace("\"size\":1000", "\"size\":" + (huge + 600))
                .replace("\"size\":400", "\"size\":" + huge);
        assertThatThrownBy(this::fetch).hasMessageContaining("make room there, or set --output");
        assertThat(home.resolve("in")).isEmptyDirectory();
    }

    @Test
    void aCipherThatNoArchiveHasIsRefused() throws Exception {
        server.manifest =
                server.manifest.replace("\"crc32\":", "\"cipher\":{\"rounds\":2000000000,\"salt\":\"00\"},\"crc32\":");
        assertThatThrownBy(this::fetch)
                .hasMessageContaining("not a pack's manifest")
                .hasMessageNotContaining("librar");
    }

    @Test
    void aPackThatIsNotReadyAndALinkThatHasEndedAreToldApart() throws Exception {
        server.forManifest = exchange -> SmallServer.send(exchange, 404, new byte[0]);
        assertThatThrownBy(this::fetch).hasMessageContaining("This pack is not ready yet");
        server.pageStatus = 404;
        assertThatThrownBy(this::fetch).hasMessageContaining("This link opens nothing (status 404)");
        server.forManifest = exchange -> SmallServer.send(exchange, 503, new byte[0]);
        assertThatThrownBy(this::fetch).hasMessageContaining("cannot be reached now: try again later");
        assertThat(waits).contains("The place these files lie in cannot be reached now: trying again.");
    }

    @Test
    void anEndlessManifestIsNotRead() throws Exception {
        server.forManifest = exchange -> {
            exchange.sendResponseHeaders(200, 300L << 20);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        };
        assertThatThrownBy(this::fetch).hasMessageContaining("its manifest is larger than any");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/x",
                "jar:file:/x!/y",
                "http:///x",
                "http://[",
                "gopher:x",
                "http://my_host/x",
                "http://127.0.0.1:65536/x"
            })
    void onlyAddressesOfTheWebAreFollowed(String target) throws Exception {
        server.forVolume = exchange -> SmallServer.redirect(exchange, target);
        assertThatThrownBy(this::fetch).hasMessageContaining("not of the web");
    }

    @Test
    void filesThatChangedWhereTheyLieAreNoDeadLink() throws Exception {
        server.forVolume = exchange -> SmallServer.send(exchange, 410, new byte[0]);
        assertThatThrownBy(this::fetch).hasMessageContaining("changed or removed where they lie");
    }

    @Test
    void aFolderThatWasThereKeepsItsModeAndNoModeExceedsTheUsual() throws Exception {
        var top = Files.createDirectories(home.resolve("in/Top"));
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwx------"));
        server.manifest = server.manifest.replace("\"mode\":33188", "\"mode\":33279");
        fetch();
        assertThat(Files.getPosixFilePermissions(top)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        var usual = Files.getPosixFilePermissions(Files.createFile(home.resolve("usual")));
        var got = Files.getPosixFilePermissions(top.resolve("a"));
        assertThat(got).contains(PosixFilePermission.OWNER_EXECUTE);
        assertThat(got.contains(PosixFilePermission.OTHERS_WRITE))
                .isEqualTo(usual.contains(PosixFilePermission.OTHERS_WRITE));
    }

    @Test
    void aCircleOfAddressesEnds() throws Exception {
        server.forManifest = exchange ->
                SmallServer.redirect(exchange, server.link().manifest().toString());
        assertThatThrownBy(this::fetch).hasMessageContaining("from one address to another without end");
    }

    @Test
    void otherBytesThanWereAskedForAreNoneOfTheFile() throws Exception {
        server.forVolume = exchange -> server.range(exchange, 1);
        assertThatThrownBy(this::fetch).hasMessageContaining("sends more than it was asked for");
        server.forVolume = exchange -> server.range(exchange, -1);
        assertThatThrownBy(this::fetch).hasMessageContaining("sends less than it was asked for");
        server.forVolume = exchange -> SmallServer.send(exchange, 200, server.volume);
        assertThatThrownBy(this::fetch).hasMessageContaining("sends whole files only");
        server.forVolume = exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 1-600/1000");
            SmallServer.send(exchange, 206, Arrays.copyOfRange(server.volume, 1, 601));
        };
        assertThatThrownBy(this::fetch).hasMessageContaining("another range than it was asked for");
        assertThat(home.resolve("in/Top")).doesNotExist();
    }

    @Test
    void aFileThatIsNotWhatTheListSaysNeverGetsItsName() throws Exception {
        server.manifest = server.manifest.replaceFirst("\"crc32\":\"[0-9a-f]{8}\"", "\"crc32\":\"00000000\"");
        assertThatThrownBy(this::fetch).hasMessageContaining("'Top/a'").hasMessageContaining("the pack is damaged");
        assertThat(home.resolve("in/Top")).doesNotExist();
    }

    @Test
    void aFileOfNoSizeLiesNowhereAndAFarTimeIsNoHarm() throws Exception {
        server.manifest = server.manifest.replace("2020-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z");
        fetch();
        assertThat(home.resolve("in/Top/a")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "/etc", "x/../../../y", "..", "b/../..", "C:\\x", "", "l/../../x"})
    void aLinkThatLeadsOutIsNotMade(String target) throws Exception {
        assertThat(PathRules.staysInside("l", target)).isFalse();
        assertThat(PathRules.staysInside("Top/l", "../b")).isTrue();
        assertThat(PathRules.staysInside("Top/l", "half a character \ud800")).isFalse();
        server.manifest = server.manifest
                .replace("\"Top/l\"", "\"l\"")
                .replace("\"link\":\"a\"", "\"link\":\"" + target.replace("\\", "\\\\") + "\"");
        assertThat(fetch().leftOut()).isEqualTo(List.of("l"));
        assertThat(home.resolve("in/l")).doesNotExist();
    }

    @Test
    void twoAtATimeDoNotWriteTheSame() throws Exception {
        try (var client = new LinkClient(server.link(), QUICK, _ -> {});
                var _ = Workplace.open(
                        home.resolve("in"),
                        RemotePack.of(client).files(List.of()).id())) {
            assertThatThrownBy(this::fetch).hasMessageContaining("Another transpack is fetching the same");
        }
        fetch();
    }

    private Fetch.Arrived fetch() throws Exception {
        try (var client = new LinkClient(server.link(), QUICK, waits::add)) {
            var pack = RemotePack.of(client);
            return new Fetch(client, pack, home.resolve("in")).run(pack.files(List.of()), (_, _) -> {});
        }
    }
}
