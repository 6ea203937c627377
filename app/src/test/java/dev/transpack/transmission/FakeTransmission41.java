package dev.transpack.transmission;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Transmission 4.1's RPC after its `docs/rpc-spec.md`: JSON-RPC 2.0 and snake_case, nothing else. It refuses
/// whatever it does not know, and like the real one it deletes data some time after it has answered.
final class FakeTransmission41 implements AutoCloseable {
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString("remote:sesame".getBytes(StandardCharsets.UTF_8));

    private final JsonMapper json = new JsonMapper();
    private final Map<String, FakeTorrent> torrents = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path downloads;
    private final Path torrentFiles;
    private final HttpServer server;

    FakeTransmission41(Path downloads, Path torrentFiles) throws IOException {
        this.downloads = downloads;
        this.torrentFiles = torrentFiles;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/transmission/rpc", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    TransmissionSettings connection() {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/transmission/rpc");
        return new TransmissionSettings(url, "remote", new Secret("sesame"));
    }

    void changeSessionId() {
        sessions.incrementAndGet();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            if (!AUTHORIZATION.equals(headers.getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var session = "session-" + sessions.get();
            if (!session.equals(headers.getFirst("X-Transmission-Session-Id"))) {
                exchange.getResponseHeaders().set("X-Transmission-Session-Id", session);
                exchange.getResponseHeaders().set("X-Transmission-Rpc-Version", "6.0.0");
                exchange.sendResponseHeaders(409, -1);
                return;
            }
            var answer = json.writeValueAsBytes(answer(json.readTree(exchange.getRequestBody())));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private Map<String, Object> answer(JsonNode request) throws IOException {
        if (!only(request, "jsonrpc", "id", "method", "params")
                || !request.path("id").isNumber()) return error(-32600, "Invalid Request");
        try {
            var result = result(request.path("method").asString(), request.path("params"));
            return Map.of("jsonrpc", "2.0", "id", request.path("id"), "result", result);
        } catch (IllegalArgumentException | ClassCastException e) {
            return error(-32602, "Invalid params: " + e.getMessage());
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", code, "message", message));
    }

    private Map<String, Object> result(String method, JsonNode params) throws IOException {
        return switch (method) {
            case "session_get" -> session();
            case "torrent_get" -> get(params);
            case "torrent_add" -> add(params);
            case "torrent_set" -> set(params);
            case "torrent_remove" -> remove(params);
            default -> throw new IllegalArgumentException("no method " + method);
        };
    }

    private Map<String, Object> session() {
        var session = new LinkedHashMap<String, Object>();
        session.put("version", "4.1.0 (0000000000)");
        session.put("rpc_version", 18);
        session.put("rpc_version_semver", "6.0.0");
        session.put("download_dir", downloads.toString());
        session.put("incomplete_dir", "/incomplete");
        session.put("incomplete_dir_enabled", false);
        session.put("seed_ratio_limit", 2.0);
        session.put("seed_ratio_limited", false);
        session.put("idle_seeding_limit", 30);
        session.put("idle_seeding_limit_enabled", false);
        return session;
    }

    private Map<String, Object> get(JsonNode params) {
        expect(only(params, "ids", "fields"), params);
        var found = named(params).stream().map(torrent -> chosen(torrent.fields(), params.path("fields")));
        return Map.of("torrents", found.toList());
    }

    private static Map<String, Object> chosen(Map<String, Object> all, JsonNode names) {
        var chosen = new LinkedHashMap<String, Object>();
        for (var name : names) {
            expect(all.containsKey(name.asString()), name);
            chosen.put(name.asString(), all.get(name.asString()));
        }
        return chosen;
    }

    private Map<String, Object> add(JsonNode params) throws IOException {
        expect(only(params, "metainfo", "download_dir", "paused"), params);
        var metainfo = Base64.getDecoder().decode(params.path("metainfo").asString());
        var folder = Path.of(params.path("download_dir").asString());
        var torrent = FakeTorrent.of(metainfo, folder, torrentFiles);
        var duplicate = torrents.putIfAbsent(torrent.hash(), torrent) != null;
        var told = Map.of("id", 1, "name", torrent.name(), "hash_string", torrent.hash());
        return Map.of(duplicate ? "torrent_duplicate" : "torrent_added", told);
    }

    private Map<String, Object> set(JsonNode params) {
        expect(only(params, "ids", "labels"), params);
        var labels = params.path("labels").valueStream().map(JsonNode::asString).toList();
        named(params).forEach(torrent -> torrents.put(torrent.hash(), torrent.labelled(labels)));
        return Map.of();
    }

    private Map<String, Object> remove(JsonNode params) {
        expect(only(params, "ids", "delete_local_data"), params);
        for (var torrent : named(params)) {
            torrents.remove(torrent.hash());
            if (params.path("delete_local_data").asBoolean()) threads.execute(() -> delete(torrent.data()));
        }
        return Map.of();
    }

    private List<FakeTorrent> named(JsonNode params) {
        if (!params.has("ids")) return List.copyOf(torrents.values());
        var hashes = params.path("ids").valueStream().map(JsonNode::asString).toList();
        return torrents.values().stream()
                .filter(torrent -> hashes.contains(torrent.hash()))
                .toList();
    }

    private static void delete(Path data) {
        try (var walk = Files.walk(data)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean only(JsonNode object, String... names) {
        var unknown = new HashSet<>(object.propertyNames());
        unknown.removeAll(Set.of(names));
        return unknown.isEmpty();
    }

    private static void expect(boolean condition, JsonNode seen) {
        if (!condition) throw new IllegalArgumentException(seen.toString());
    }
}
