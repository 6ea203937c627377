package dev.transpack.transmission;

import dev.transpack.transmission.TransmissionException.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Carries calls to the daemon over HTTP. Hides the session id (any answer may be a 409 with a new one) and the two
/// spellings: a daemon of 4.1 or newer tells its version beside the session id.
final class RpcChannel implements AutoCloseable {
    private static final String SESSION_ID = "X-Transmission-Session-Id";
    private static final int HANDSHAKES = 3;
    private static final int LONGEST_ANSWER = 512 << 20;

    private record Session(String id, RpcStyle style) {}

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http;
    private final TransmissionSettings settings;
    private final Duration patience;
    private final Complaint complaint;
    private volatile Session session = new Session("", RpcStyle.CLASSIC);

    RpcChannel(TransmissionSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        this.complaint = new Complaint(settings);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /// Calls a method and gives its result, whose fields may all be missing.
    Answer call(String method, Map<String, Object> parameters) throws TransmissionException {
        return call(method, parameters, patience);
    }

    /// @param longest how long to wait for one answer, if that is less than the usual
    Answer call(String method, Map<String, Object> parameters, Duration longest) throws TransmissionException {
        var wait = longest.compareTo(patience) < 0 ? longest : patience;
        for (int i = 0; i < HANDSHAKES; i++) {
            var current = session;
            var response = send(request(current, method, parameters), wait);
            if (response.statusCode() != 409) return answer(response, current.style);
            session = newSession(response);
        }
        throw complaint.notTransmission("it keeps asking for another session id");
    }

    private Session newSession(HttpResponse<byte[]> response) throws TransmissionException {
        var headers = response.headers();
        var id = headers.firstValue(SESSION_ID)
                .orElseThrow(() -> complaint.notTransmission("it answered with status 409 and no session id"));
        var version = headers.firstValue("X-Transmission-Rpc-Version").orElse("");
        return new Session(id, RpcStyle.of(version));
    }

    private HttpRequest request(Session current, String method, Map<String, Object> parameters) {
        var body = json.writeValueAsBytes(current.style.request(method, parameters));
        var request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!current.id.isEmpty()) request.header(SESSION_ID, current.id);
        if (!settings.username().isEmpty()) request.header("Authorization", "Basic " + credentials());
        return request.build();
    }

    private String credentials() {
        var password = settings.password();
        var pair = settings.username() + ":" + (password == null ? "" : password.reveal());
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> send(HttpRequest request, Duration wait) throws TransmissionException {
        // Not HttpRequest.timeout: that one ends with the headers, and a daemon may hang in the middle of its answer.
        var response = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            return response.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw complaint.timeout(wait, e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new TransmissionException(Kind.INTERRUPTED, "Stopped while waiting for Transmission.", e);
        } catch (ExecutionException e) {
            throw complaint.unreachable(e.getCause() instanceof IOException cause ? cause : new IOException(e));
        }
    }

    private Answer answer(HttpResponse<byte[]> response, RpcStyle style) throws TransmissionException {
        if (response.statusCode() != 200) throw complaint.status(response);
        var body = parse(response);
        if (body.has("jsonrpc")) return modernAnswer(body);
        if (!body.path("result").isString()) throw complaint.notTransmission("its answer is not one of Transmission's");
        var result = body.path("result").stringValue();
        if (!result.equals("success")) throw complaint.failed(result);
        return new Answer(body.path("arguments"), style);
    }

    private Answer modernAnswer(JsonNode body) throws TransmissionException {
        var error = body.path("error");
        if (body.has("result") && error.isMissingNode()) return new Answer(body.path("result"), RpcStyle.JSON_RPC);
        var detail = Answer.text(error.path("data").path("error_string"));
        throw complaint.failed(detail.isEmpty() ? Answer.text(error.path("message")) : detail);
    }

    private JsonNode parse(HttpResponse<byte[]> response) throws TransmissionException {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            var type = response.headers().firstValue("Content-Type").orElse("");
            throw complaint.notTransmission(
                    type.contains("html") ? "it answers with a web page" : "its answer is not JSON");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
