package dev.transpack.fetching;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A server that answers to one link as a test wants it. Its pack is one volume of 1,000 bytes in two parts, with two
/// files, their folder and a link.
final class SmallServer implements AutoCloseable {
    private static final String LINK = "/d/token";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    final byte[] volume = new byte[1000];
    String manifest;
    int pageStatus = 200;
    Answer forManifest = exchange -> send(exchange, 200, manifest.getBytes(StandardCharsets.UTF_8));
    Answer forVolume = this::range;
    private final HttpServer server;

    /// What is said to a request.
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    SmallServer() throws IOException {
        new Random(7).nextBytes(volume);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(LINK, exchange -> send(exchange, pageStatus, new byte[0]));
        server.createContext(LINK + "/manifest", exchange -> forManifest.to(exchange));
        server.createContext(LINK + "/v.tar", exchange -> forVolume.to(exchange));
        server.start();
        manifest = honest();
    }

    PackLink link() {
        return PackLink.parse(address() + LINK);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().add("Location", target);
        send(exchange, 302, new byte[0]);
    }

    private void range(HttpExchange exchange) throws IOException {
        range(exchange, 0);
    }

    /// @param more so many bytes more than were asked for
    void range(HttpExchange exchange, int more) throws IOException {
        var asked = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
        if (!asked.matches()) throw new IOException("no range was asked for");
        var from = Integer.parseInt(asked.group(1));
        var to = Integer.parseInt(asked.group(2));
        exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + to + "/1000");
        send(exchange, 206, Arrays.copyOfRange(volume, from, to + 1 + more));
    }

    private String honest() {
        return """
                {"version":1,"tool":"test","pack":{"id":"p","name":"Top","format":"tar","partSize":600},
                 "files":[
                  {"path":"Top","kind":"directory","size":0,"modified":"2020-01-01T00:00:00Z","mode":16877,"places":[]},
                  {"path":"Top/a","kind":"file","size":500,"modified":"2020-01-01T00:00:00Z","mode":33188,"crc32":"%s",
                   "places":[{"volume":0,"offset":100,"length":450,"from":0},{"volume":0,"offset":550,"length":50,"from":450}]},
                  {"path":"Top/b","kind":"file","size":300,"modified":"2020-01-01T00:00:00Z","mode":33188,"crc32":"%s",
                   "places":[{"volume":0,"offset":600,"length":300,"from":0}]},
                  {"path":"Top/l","kind":"symlink","size":0,"modified":"2020-01-01T00:00:00Z","mode":41471,"link":"a",
                   "places":[]}],
                 "volumes":[{"name":"v.tar","size":1000,"crc32":"%s","crc32c":"00000000","grade":"STRONG","parts":[
                  {"size":600,"sha256":"%s"},{"size":400,"sha256":"%s"}]}]}
                """.formatted(crc(100, 600), crc(600, 900), crc(0, 1000), sha256(0, 600), sha256(600, 1000));
    }

    private String crc(int from, int to) {
        var crc = new CRC32();
        crc.update(volume, from, to - from);
        return "%08x".formatted(crc.getValue());
    }

    private String sha256(int from, int to) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(volume, from, to));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
