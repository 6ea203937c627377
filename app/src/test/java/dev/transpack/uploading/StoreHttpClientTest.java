package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.uploading.PartBody.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// What a server that behaves badly does to a request.
@Timeout(60)
class StoreHttpClientTest {
    /// More than the buffers of both ends of a connection hold.
    private static final int LENGTH = 64 << 20;

    @Test
    void aServerThatTakesNothingMoreIsGivenUp() throws Exception {
        try (var server = listening();
                var client = new StoreHttpClient(Duration.ofMillis(300))) {
            assertThatThrownBy(() -> put(client, server, Pace.UNLIMITED))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("took nothing");
        }
    }

    @Test
    void aServerThatHangsUpInMidBodyIsAnError() throws Exception {
        try (var server = listening();
                var client = new StoreHttpClient(Duration.ofSeconds(20));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hangsUp = threads.submit(() -> {
                try (var connection = server.accept()) {
                    return connection.getInputStream().readNBytes(100_000).length;
                }
            });
            assertThatThrownBy(() -> put(client, server, Pace.UNLIMITED)).isInstanceOf(IOException.class);
            assertThat(hangsUp.get()).isEqualTo(100_000);
        }
    }

    @Test
    void anInterruptEndsARequestThatWaitsForItsPace() throws Exception {
        var waits = new CompletableFuture<Thread>();
        Pace never = _ -> {
            waits.complete(Thread.currentThread());
            new CountDownLatch(1).await();
        };
        try (var server = listening();
                var client = new StoreHttpClient(Duration.ofSeconds(20));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var request = threads.submit(
                    () -> assertThatThrownBy(() -> put(client, server, never)).hasMessageContaining("interrupted"));
            waits.get().interrupt();
            request.get();
        }
    }

    @Test
    void anAnswerWithoutEndIsCutShort() throws Exception {
        try (var server = listening();
                var client = new StoreHttpClient(Duration.ofSeconds(20));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = threads.submit(() -> {
                try (var connection = server.accept()) {
                    var out = connection.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) out.write(new byte[1 << 20]);
                }
            });
            assertThatThrownBy(() -> get(client, "http://127.0.0.1:" + server.getLocalPort() + "/"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHostThatIsNotKnownIsSaidAsSuch() {
        try (var client = new StoreHttpClient(Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> get(client, "http://nowhere.invalid/"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("nowhere.invalid");
        }
    }

    @Test
    void ownAddressesNeedNoProxy() {
        assertThat(new StoreProxies().select(URI.create("http://127.0.0.1:9000/")))
                .containsExactly(Proxy.NO_PROXY);
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static HttpResponse<byte[]> put(StoreHttpClient client, ServerSocket server, Pace pace) throws IOException {
        var address = "http://127.0.0.1:" + server.getLocalPort() + "/x";
        var body = new PartBody(ByteBuffer.allocateDirect(LENGTH), "0".repeat(64), pace);
        return client.send(HttpRequest.newBuilder(URI.create(address)), "PUT", body);
    }

    private static HttpExecuteResponse get(StoreHttpClient client, String address) throws IOException {
        var request = HttpExecuteRequest.builder()
                .request(SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(URI.create(address))
                        .build())
                .build();
        return client.prepareRequest(request).call();
    }
}
