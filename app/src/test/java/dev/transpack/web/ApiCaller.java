package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.accounts.LocalToken;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that uses the API with a token, and reads every answer as JSON.
final class ApiCaller {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WebServer server;
    private final Browser http;

    ApiCaller(WebServer server) {
        this.server = server;
        this.http = server.browser();
        http.headers.put(
                "Authorization",
                "Bearer "
                        + new LocalToken(server.dataDir()).read().orElseThrow().reveal());
    }

    /// One without a token.
    Browser stranger() {
        return server.browser();
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, "application/json", body);
    }

    HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return http.send(http.request("/api/v1" + path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
        return http.send(request);
    }

    HttpRequest.Builder request(String path) {
        return http.request("/api/v1" + path);
    }

    /// What is there; it must be.
    JsonNode get(String path) throws Exception {
        var answer = http.get("/api/v1" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    /// What is answered to a body; it must be accepted.
    JsonNode post(String path, String body) throws Exception {
        var answer = send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return json(answer);
    }

    HttpResponse<String> answer(String path) throws Exception {
        return http.get("/api/v1" + path);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    /// A refusal: a problem of that type, status and with that in its sentence.
    static void assertProblem(HttpResponse<String> answer, int status, String type, String sentence) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var problem = json(answer);
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).contains(sentence).doesNotContain("dev.transpack", "Exception");
    }
}
