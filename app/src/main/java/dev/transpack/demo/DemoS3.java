package dev.transpack.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The demo's S3 server: S3Proxy over a folder, with one bucket. Built beside the program in a checkout, never part of
/// it.
public final class DemoS3 implements AutoCloseable {
    public static final String KEY = "demo";
    public static final String SECRET = "demo-secret";
    public static final String BUCKET = "transpack-demo";

    private final ChildProcess process;
    private final URI endpoint;

    private DemoS3(ChildProcess process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /// Starts it with its files below this folder.
    ///
    /// @throws IOException when this is no checkout, or it does not start
    public static DemoS3 start(Path home) throws IOException, InterruptedException {
        var jars = Path.of(System.getProperty("transpack.checkout", ""), "s3proxy/target/jars");
        if (!Files.isDirectory(jars))
            throw new IOException("The demo's S3 server is not built: run ./transpack demo in a checkout.");
        Files.createDirectories(home.resolve("data").resolve(BUCKET));
        var port = ChildProcess.freePort();
        var endpoint = URI.create("http://127.0.0.1:" + port);
        var properties =
                Files.writeString(home.resolve("s3proxy.properties"), properties(endpoint, home.resolve("data")));
        var logging = Files.writeString(home.resolve("logback.xml"), """
                <configuration>
                  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d %level %msg%n</pattern></encoder>
                  </appender>
                  <root level="WARN"><appender-ref ref="OUT"/></root>
                </configuration>
                """);
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + logging,
                "-cp",
                jars + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString());
        return new DemoS3(ChildProcess.start(command, port, home.resolve("s3proxy.log")), endpoint);
    }

    /// Where it answers.
    public URI endpoint() {
        return endpoint;
    }

    /// The settings that make it the destination.
    public Map<String, String> settings() {
        return Map.of(
                "destinations.demo.endpoint", endpoint.toString(),
                "destinations.demo.bucket", BUCKET,
                "destinations.demo.access-key", KEY,
                "destinations.demo.secret-key", SECRET);
    }

    @Override
    public void close() {
        process.close();
    }

    private static String properties(URI endpoint, Path data) {
        return """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.v4-max-non-chunked-request-size=1073741824
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(endpoint, KEY, SECRET, data);
    }
}
