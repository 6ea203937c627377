package dev.transpack.uploading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Carries the SDK's requests over the JDK's HTTP client. A part's bytes go from their buffer straight to the socket,
/// past the SDK's streams (see [#send]); answers are small and read whole.
final class StoreHttpClient implements SdkHttpClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /// Well above what [ObjectStore#read] is asked for, and a page of a listing.
    private static final long LONGEST_ANSWER = 16 << 20;
    /// The JDK's client writes these itself and takes them from nobody.
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection", "expect");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration patience;
    private final HttpClient client;

    /// @param patience how long a request waits while nothing moves
    StoreHttpClient(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .proxy(new StoreProxies())
                .executor(threads)
                .build();
    }

    /// Sends a request with this body straight from its buffer, past the SDK's streams.
    HttpResponse<byte[]> send(HttpRequest.Builder request, String method, PartBody body) throws IOException {
        var pushed = new PushedBody(body, patience);
        var built = request.method(method, pushed).build();
        var answer = begin(built);
        return outcome(built, answer, () -> pushed.push(answer));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new SdkRequest(request);
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdown();
    }

    private CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    }

    /// @param first what this thread does before it waits for the answer
    private HttpResponse<byte[]> outcome(
            HttpRequest request, CompletableFuture<HttpResponse<byte[]>> answer, Sending first) throws IOException {
        try {
            first.run();
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        } catch (TimeoutException _) {
            throw new SocketTimeoutException("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw plain(e.getCause(), request);
        } finally {
            answer.cancel(true);
        }
    }

    /// As other HTTP clients say it.
    private static IOException plain(@Nullable Throwable failure, HttpRequest request) {
        for (var each = failure; each != null; each = each.getCause())
            if (each instanceof UnresolvedAddressException)
                return new UnknownHostException(request.uri().getHost());
        return failure instanceof IOException already ? already : new IOException(failure);
    }

    @FunctionalInterface
    private interface Sending {
        void run() throws IOException, InterruptedException;
    }

    private final class SdkRequest implements ExecutableHttpRequest {
        private final HttpExecuteRequest asked;
        private volatile @Nullable CompletableFuture<?> running;

        SdkRequest(HttpExecuteRequest asked) {
            this.asked = asked;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            var request = built(asked);
            var answer = begin(request);
            running = answer;
            return response(outcome(request, answer, () -> {}));
        }

        @Override
        public void abort() {
            var answer = running;
            if (answer != null) answer.cancel(true);
        }
    }

    private static HttpRequest built(HttpExecuteRequest asked) throws IOException {
        var request = asked.httpRequest();
        var built =
                HttpRequest.newBuilder(request.getUri()).method(request.method().name(), content(asked));
        request.forEachHeader((name, values) -> {
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) return;
            for (var value : values) built.header(name, value);
        });
        return built.build();
    }

    private static BodyPublisher content(HttpExecuteRequest asked) throws IOException {
        var provider = asked.contentStreamProvider();
        if (provider.isEmpty()) return BodyPublishers.noBody();
        try (var stream = provider.get().newStream()) {
            return BodyPublishers.ofByteArray(stream.readAllBytes());
        }
    }

    private static HttpExecuteResponse response(HttpResponse<byte[]> answer) {
        var head = SdkHttpResponse.builder()
                .statusCode(answer.statusCode())
                .headers(answer.headers().map())
                .build();
        return HttpExecuteResponse.builder()
                .response(head)
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }
}
