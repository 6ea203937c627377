package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.ShareLinks;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The manifest of a ready pack as it is handed out, in front of a real S3 server.
@Timeout(120)
class ManifestTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final String KEY = "some-pack/manifest.json";

    private final String bucket = S3Server.shared().newBucket();
    private final S3Relay relay = S3Relay.before(S3Server.shared());
    private PageFixture pages;
    private String pack;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(
                folder,
                Map.of(
                        "destinations.box.bucket",
                        bucket,
                        "destinations.box.endpoint",
                        relay.endpoint().toString(),
                        "destinations.box.access-key",
                        S3Server.ACCESS_KEY,
                        "destinations.box.secret-key",
                        S3Server.SECRET_KEY));
        pack = pages.pack("Sintel", "READY");
        pages.database()
                .writes()
                .sql("update packs set destination = 'box', manifest_key = ? where id = ?")
                .params(KEY, pack)
                .update();
    }

    @AfterEach
    void stop() {
        pages.close();
        relay.close();
    }

    @Test
    void aLargeOneArrivesWhileTheRestIsStillInTheBucket() throws Exception {
        var content = "0123456789abcdef".repeat(3 * MEBIBYTE / 16) + "end";
        var object = S3Server.shared().directory().resolve(bucket).resolve(KEY);
        Files.createDirectories(object.getParent());
        Files.writeString(object, content);
        var release = new CountDownLatch(1);
        relay.on(ManifestTest::asksForTheSecondMebibyte, 1, S3Fault.hold(new Semaphore(0), release));
        var ann = pages.server().browser();
        ann.signIn(PageFixture.NAME, WebServer.PASSWORD);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    ann.request("/api/v1/packs/" + pack + "/manifest").GET().build(), BodyHandlers.ofInputStream());
            try (var in = answer.body()) {
                var first = in.readNBytes(MEBIBYTE - 100_000);
                release.countDown();
                var rest = in.readAllBytes();
                assertThat(new String(first, StandardCharsets.UTF_8) + new String(rest, StandardCharsets.UTF_8))
                        .isEqualTo(content);
            }
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(content.length());
        } finally {
            release.countDown();
        }
    }

    @Test
    void aLinkWhoseBucketDoesNotAnswerSaysSoAndWhenToComeBack() throws Exception {
        relay.close();
        var server = pages.server();
        var made = server.part(ShareLinks.class)
                .create(server.part(Packs.class).get(pack), LinkLifetime.parse("1d"), PageFixture.NAME);
        var page = server.part(LinkAddresses.class).page(((LinkAnswer.Created) made).token());
        for (var method : new String[] {"GET", "HEAD"}) {
            var answer = server.browser()
                    .send(server.browser()
                            .request(page.getPath() + "/manifest")
                            .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("60");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            if (method.equals("GET"))
                assertThat(answer.body())
                        .isEqualTo("The place these files lie in cannot be reached now: try again later.\n");
        }
        assertThat(server.browser().get(page.getPath()).statusCode()).isEqualTo(200);
    }

    private static boolean asksForTheSecondMebibyte(S3Message message) {
        return message.headers().contains("bytes=" + MEBIBYTE + "-");
    }
}
