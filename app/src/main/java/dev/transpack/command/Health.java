package dev.transpack.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Whether a Transpack server lives at an address.
final class Health {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Health() {}

    static boolean of(URI server) {
        var request = HttpRequest.newBuilder(URI.create(server.toString().replaceAll("/+$", "") + "/health/live"))
                .timeout(PATIENCE)
                .build();
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"status\"");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
