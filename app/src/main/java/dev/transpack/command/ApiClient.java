package dev.transpack.command;

import dev.transpack.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// The API of a running server, as commands use it. Every failure is one sentence.
final class ApiClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);
    private static final String PAGE = "1000";

    private final URI server;
    private final Optional<Secret> token;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /// @param server the address of its front page
    ApiClient(URI server, Optional<Secret> token) {
        this.server = server;
        this.token = token;
    }

    /// What is at this path below `/api/v1`.
    JsonNode get(String path) throws ApiFailure, InterruptedException {
        return call("GET", path, Map.of(), null);
    }

    /// Every item of a paged list.
    ///
    /// @param query filters, such as `q=film`; empty for all
    List<JsonNode> all(String path, Map<String, String> query) throws ApiFailure, InterruptedException {
        var filters = query.entrySet().stream()
                .map(filter -> "&" + filter.getKey() + "=" + encoded(filter.getValue()))
                .collect(Collectors.joining());
        var items = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = get(path + "?limit=" + PAGE + filters + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)));
            page.path("items").forEach(items::add);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return items;
    }

    /// The first items of a paged list.
    List<JsonNode> first(String path) throws ApiFailure, InterruptedException {
        return get(path + "?limit=" + PAGE).path("items").valueStream().toList();
    }

    /// Sends a body and returns the answer.
    JsonNode post(String path, Object body) throws ApiFailure, InterruptedException {
        return call("POST", path, Map.of(), body);
    }

    /// The same, harmless when it is repeated with the same key.
    JsonNode postOnce(String path, Object body, String key) throws ApiFailure, InterruptedException {
        return call("POST", path, Map.of("Idempotency-Key", key), body);
    }

    JsonNode delete(String path) throws ApiFailure, InterruptedException {
        return call("DELETE", path, Map.of(), null);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// A text as one segment or value of an address.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, Map<String, String> headers, @Nullable Object body)
            throws ApiFailure, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.toString().replaceAll("/+$", "") + "/api/v1" + path))
                .timeout(ANSWER_WITHIN)
                .header("Accept", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : json(body));
        if (body != null) request.header("Content-Type", "application/json");
        headers.forEach(request::header);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        return read(send(request.build()));
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private HttpResponse<String> send(HttpRequest request) throws ApiFailure, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ApiFailure("", Unreachable.sentence(server, e));
        }
    }

    private JsonNode read(HttpResponse<String> answer) throws ApiFailure {
        if (answer.statusCode() == 401) throw new ApiFailure("/problems/sign-in-needed", noAccess());
        var json = parsed(answer);
        if (answer.statusCode() / 100 == 2 && json != null) return json;
        var detail = json == null ? "" : json.path("detail").asString("");
        if (json == null || detail.isEmpty())
            throw new ApiFailure(
                    "",
                    server + " does not answer as Transpack does (status " + answer.statusCode()
                            + "): set TRANSPACK_URL to the address of the page.");
        throw new ApiFailure(json.path("type").asString(""), detail);
    }

    private String noAccess() {
        return token.isPresent()
                ? "The server at " + server + " does not accept this token: make another one there with 'transpack "
                        + "token create', and set TRANSPACK_TOKEN to it."
                : "The server at " + server + " wants a token: set TRANSPACK_TOKEN to one made with 'transpack token "
                        + "create', or run this without --url and TRANSPACK_URL, as the user who runs the server and "
                        + "with TRANSPACK_DATA_DIR set to its data-dir.";
    }

    private static @Nullable JsonNode parsed(HttpResponse<String> answer) {
        if (answer.body().isEmpty()) return MissingNode.getInstance();
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            return null;
        }
    }
}
