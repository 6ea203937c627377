package dev.transpack.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser as the server sees one: keeps cookies by name, follows no redirect, sends forms with the hidden field of
/// the page it has read. Strict about what it does not expect: nothing is hidden from the test.
final class Browser {
    private static final Pattern HIDDEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final String base;
    final Map<String, String> cookies = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();

    Browser(int port, String base) {
        this.port = port;
        this.base = base;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    /// Sends a form with the token of the page that shows it.
    HttpResponse<String> submit(String page, Map<String, String> fields) throws Exception {
        var all = new LinkedHashMap<>(fields);
        all.put("_csrf", csrf(page));
        return post(page, all);
    }

    HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> signIn(String name, String password) throws Exception {
        return submit("/login", Map.of("name", name, "password", password));
    }

    String csrf(String page) throws Exception {
        var body = get(page).body();
        Matcher token = HIDDEN.matcher(body);
        if (!token.find()) throw new AssertionError("no form on " + page + ": " + body);
        return token.group(1);
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + base + path))
                .timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        if (!cookies.isEmpty())
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        for (var cookie : response.headers().allValues("set-cookie")) {
            var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) cookies.remove(pair[0]);
            else cookies.put(pair[0], pair[1]);
        }
        return response;
    }
}
