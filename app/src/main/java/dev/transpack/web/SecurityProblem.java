package dev.transpack.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/// A refusal as RFC 9457 writes it, for answers that are given before any controller is asked.
///
/// @param detail what to do about it
record SecurityProblem(URI type, String title, int status, String detail) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static SecurityProblem of(String name, String title, int status, String detail) {
        return new SecurityProblem(URI.create("/problems/" + name), title, status, detail);
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(JSON.writeValueAsString(this));
    }

    void writeRetryAfter(HttpServletResponse response, Duration wait) throws IOException {
        response.setHeader(
                HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
        write(response);
    }
}
