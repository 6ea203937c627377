package dev.transpack.fetching;

import dev.transpack.uploading.PackManifest;
import dev.transpack.uploading.Retries;
import dev.transpack.uploading.StoreProxies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks a link for its manifest and for stretches of its volumes. Where a volume really lies is asked once, and again
/// when that address is refused: presigned ones expire. Nothing of such an address is ever in a message.
public final class LinkClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MOST_REDIRECTS = 5;
    private static final int FEW = 4;
    private static final String LATER = ": try again later.";

    private final PackLink link;
    private final Retries retries;
    private final Consumer<String> waits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();

    /// @param waits told in a sentence why something is asked for again, by several threads
    public LinkClient(PackLink link, Consumer<String> waits) {
        this(link, Retries.STANDARD, waits);
    }

    LinkClient(PackLink link, Retries retries, Consumer<String> waits) {
        this.link = link;
        this.retries = retries;
        this.waits = waits;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(new StoreProxies())
                .executor(threads)
                .build();
    }

    /// Takes bytes as they come.
    @FunctionalInterface
    interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    /// Something that is asked for, and again as long as that may help.
    @FunctionalInterface
    interface Request<T extends @Nullable Object> {
        T send() throws IOException, InterruptedException;
    }

    <T extends @Nullable Object> T persistently(Request<T> request) throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try {
                return request.send();
            } catch (FetchException e) {
                if (attempt >= most(e.kind())) throw e;
                waits.accept(String.valueOf(e.getMessage()).replace(LATER, ": trying again."));
            }
            Thread.sleep(retries.pause(attempt));
        }
    }

    private int most(FetchException.Kind kind) {
        return switch (kind) {
            case MAY_PASS -> retries.attempts();
            case MAY_BE_CHANCE -> FEW;
            case FINAL -> 1;
        };
    }

    byte[] manifest() throws IOException, InterruptedException {
        return persistently(() -> {
            var answer = follow(link.manifest(), null);
            try (var body = answer.body()) {
                requireManifest(answer);
                return read(body, host(answer));
            }
        });
    }

    private void requireManifest(HttpResponse<?> answer) throws FetchException, InterruptedException {
        var asked = answer.uri().equals(link.manifest());
        if (answer.statusCode() == 404 && asked && isOpen())
            throw FetchException.endsIt("This pack is not ready yet: try again when the page of its link says so.");
        if (answer.statusCode() != 200) throw refused(answer, asked);
        if (answer.headers().firstValueAsLong("Content-Length").orElse(0) > PackManifest.LARGEST) throw tooLarge();
    }

    /// Whether the link has a page, which is there before the pack is.
    private boolean isOpen() throws FetchException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(link.page()).HEAD());
        answer.body().close();
        return answer.statusCode() == 200;
    }

    private static byte[] read(AnswerBody body, String host) throws IOException, InterruptedException {
        var read = new ByteArrayOutputStream();
        for (var next = next(body, host); next != null; next = next(body, host)) {
            if (read.size() + next.remaining() > PackManifest.LARGEST) throw tooLarge();
            Channels.newChannel(read).write(next);
        }
        return read.toByteArray();
    }

    private static FetchException tooLarge() {
        return FetchException.endsIt("This pack is not fetched: its manifest is larger than any that Transpack reads.");
    }

    /// Gives a stretch of a volume to a sink, once: what the sink got of a stretch that fails counts for nothing.
    void range(String volume, long from, long length, Sink sink) throws IOException, InterruptedException {
        var first = link.volume(volume);
        var answer = follow(addresses.getOrDefault(volume, first), "bytes=" + from + "-" + (from + length - 1));
        try (var body = answer.body()) {
            requireRange(answer, volume, from, length);
            if (!answer.uri().equals(first)) addresses.put(volume, answer.uri());
            var left = length;
            for (var next = next(body, host(answer)); next != null; next = next(body, host(answer))) {
                left -= next.remaining();
                if (left < 0) throw FetchException.mayPass(host(answer) + " sends more than it was asked for.");
                sink.take(next);
            }
            if (left > 0) throw FetchException.mayPass(host(answer) + " sends less than it was asked for.");
        }
    }

    private void requireRange(HttpResponse<AnswerBody> answer, String volume, long from, long length)
            throws FetchException {
        var whole = answer.headers().firstValueAsLong("Content-Length").orElse(-1) == length && from == 0;
        if (answer.statusCode() == 200 && whole) return;
        if (answer.statusCode() == 200)
            throw FetchException.endsIt(host(answer) + " sends whole files only, no ranges of them: fetch with another"
                    + " program from the link's page.");
        if (answer.statusCode() != 206) {
            addresses.remove(volume);
            throw refused(answer, answer.uri().equals(link.volume(volume)));
        }
        var expected = "bytes " + from + "-" + (from + length - 1) + "/";
        if (!answer.headers().firstValue("Content-Range").orElse("").startsWith(expected))
            throw FetchException.mayPass(host(answer) + " sends another range than it was asked for.");
    }

    private HttpResponse<AnswerBody> follow(URI address, @Nullable String range)
            throws FetchException, InterruptedException {
        var next = address;
        for (var hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var request = HttpRequest.newBuilder(next);
            var answer = send(range == null ? request : request.header("Range", range));
            if (!isRedirect(answer.statusCode())) return answer;
            answer.body().close();
            next = target(answer);
        }
        throw FetchException.endsIt("The link leads from one address to another without end.");
    }

    private HttpResponse<AnswerBody> send(HttpRequest.Builder building) throws FetchException, InterruptedException {
        var request = building.timeout(PATIENCE).build();
        try {
            return http.send(request, _ -> new AnswerBody(PATIENCE));
        } catch (IOException e) {
            throw new FetchException(
                    FetchException.Kind.MAY_PASS, request.uri().getAuthority() + " cannot be reached" + reason(e), e);
        }
    }

    private static boolean isRedirect(int status) {
        return status >= 301 && status <= 308 && status != 304;
    }

    private static URI target(HttpResponse<?> answer) throws FetchException {
        try {
            var target =
                    answer.uri().resolve(answer.headers().firstValue("Location").orElse(""));
            var scheme = String.valueOf(target.getScheme());
            var sent = String.valueOf(answer.uri().getScheme());
            var safe = scheme.equalsIgnoreCase("https")
                    || (scheme.equalsIgnoreCase("http") && !sent.equalsIgnoreCase("https"));
            if (safe && PackLink.hasHost(target)) return target;
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw FetchException.endsIt(host(answer)
                + " leads to an address that is not of the web, or not encrypted as the link is: it is not followed.");
    }

    /// @param asked whether the link itself answered, not what it led to
    private static FetchException refused(HttpResponse<?> answer, boolean asked) {
        var status = answer.statusCode();
        if (status == 503 && asked)
            return FetchException.mayPass("The place these files lie in cannot be reached now" + LATER);
        var sentence = host(answer) + " refuses with status " + status + LATER;
        if (status >= 500 || status == 408 || status == 429) return FetchException.mayPass(sentence);
        if (!asked) return new FetchException(FetchException.Kind.MAY_BE_CHANCE, sentence); // an address has expired
        if (status == HttpURLConnection.HTTP_GONE)
            return FetchException.endsIt(
                    "These files were changed or removed where they lie: ask who sent the link to put"
                            + " them back, or to send them again.");
        return FetchException.endsIt("This link opens nothing (status " + status
                + "): it was mistyped, has expired or was revoked; ask for another.");
    }

    private static @Nullable ByteBuffer next(AnswerBody body, String host) throws FetchException, InterruptedException {
        try {
            return body.next();
        } catch (IOException e) {
            throw new FetchException(
                    FetchException.Kind.MAY_PASS, "The connection to " + host + " broke" + reason(e), e);
        }
    }

    private static String reason(IOException failure) {
        return (failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")") + LATER;
    }

    private static String host(HttpResponse<?> answer) {
        return answer.uri().getAuthority();
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
