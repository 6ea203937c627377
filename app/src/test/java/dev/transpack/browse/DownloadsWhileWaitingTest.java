package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.transpack.transmission.TransmissionSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that hangs keeps nobody from the list.
class DownloadsWhileWaitingTest {
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean hang;

    @Test
    @Timeout(value = 9, unit = TimeUnit.SECONDS)
    void whatWasSeenLastIsShownWhileALookHangs(@TempDir Path home) throws Exception {
        var folder = Files.createDirectory(home.resolve("downloads"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                await();
                var answer =
                        "{\"result\":\"success\",\"arguments\":{\"torrents\":[]}}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            var settings = new BrowseSettings(folder, new PathMap(List.of()));
            try (var browse =
                    BrowseFixture.open(home.resolve("test.db"), settings, new TransmissionSettings(url, "", null))) {
                var before = browse.downloads.list();
                hang = true;
                browse.pass(Duration.ofSeconds(2));

                assertThat(browse.downloads.list()).isSameAs(before);
                hanging.await();
                assertThat(browse.downloads.list()).isSameAs(before);
                assertThat(browse.downloads.find(new DownloadId("0".repeat(32))))
                        .isEmpty();
                release.countDown();
            }
        } finally {
            release.countDown();
            server.stop(0);
        }
    }

    private void await() {
        if (!hang) return;
        hanging.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
