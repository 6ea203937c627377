package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.SmallDisk;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.settings.InstanceKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class BackupCommandTest {
    private static final int IN_FLIGHT = 4;
    /// Of the long one and the short one.
    private static final int PARTS = 13 + 1;
    /// How many are there when the backup is made.
    private static final int KNOWN = 5;

    @TempDir
    Path folder;

    /// A server is backed up in the middle of an upload and killed; another machine goes on.
    @Test
    void aServerMovesToAnotherMachineInTheMiddleOfAnUpload() throws Exception {
        var downloads = Files.createDirectories(folder.resolve("downloads"));
        Folders.film(downloads, "Short");
        Folders.file(downloads.resolve("Long"), "long.mkv", 60 << 20);
        try (var s3 = S3Server.start();
                var relay = S3Relay.before(s3)) {
            var bucket = s3.newBucket();
            var first = settings("first", downloads, relay, bucket);
            first.put("TRANSPACK_UPLOAD_RATE_LIMIT", "2m");
            var link = sendAndBackUp(first, relay);
            var before = sent(relay);
            goOn(
                    settings("second", downloads, relay, bucket),
                    link,
                    () -> s3.filesIn(bucket).stream()
                            .filter(file -> file.endsWith("manifest.json"))
                            .count());
            assertThat(before).isLessThan(PARTS);
            assertThat(sent(relay) - before).isLessThanOrEqualTo(PARTS - KNOWN + IN_FLIGHT);
            var volume = s3.filesIn(bucket).stream()
                    .filter(file -> file.contains("Long") && file.endsWith(".rar"))
                    .findFirst()
                    .orElseThrow();
            var volumes = s3.directory().resolve(bucket).resolve(volume).getParent();
            Extracted.byUnrar(volumes, folder.resolve("extracted")).isSameAs(downloads.resolve("Long"));
        }
    }

    /// @return the link to a pack that was ready
    private String sendAndBackUp(Map<String, String> first, S3Relay relay) throws Exception {
        var backup = folder.resolve("t.backup").toString();
        try (var server = serve(first)) {
            succeed(first, "user", "add", "anna");
            var link = lastLine(succeed(first, "send", "Short", "--wait"));
            succeed(first, "send", "Long");
            Eventually.until("some parts are there", () -> sent(relay) >= KNOWN);
            assertThat(succeed(first, "backup", "create", backup)).contains("backup: " + backup);
            assertThat(run(first, "backup", "restore", backup).output())
                    .contains("A server runs on " + folder.resolve("first"), "stop it first");
            server.kill();
            return link;
        }
    }

    private void goOn(Map<String, String> second, String link, LongSupplier manifests) throws Exception {
        var backup = folder.resolve("t.backup").toString();
        assertThat(succeed(second, "backup", "restore", backup)).contains("restored: " + backup);
        assertThat(succeed(second, "user", "list")).contains("admin", "anna");
        try (var _ = serve(second)) {
            assertThat(status(second, link)).isEqualTo(200);
            assertThat(succeed(second, "links"))
                    .contains(link.substring(link.indexOf("/d/")))
                    .doesNotContain("another instance key");
            Eventually.until("both are sealed", () -> manifests.getAsLong() == 2);
            Eventually.until(
                    "it is known",
                    () -> succeed(second, "packs", "--state", "ready").contains("Long"));
        }
    }

    @Test
    void peopleAndProgramsAreToldWhatABackupHoldsAndWhatNot() throws Exception {
        settingsFile();
        var file = folder.resolve("t.backup");
        assertThat(backup("create", file).err()).contains("There is no instance.key in " + folder.resolve("data"));
        InstanceKey.of(folder.resolve("data"));
        assertThat(CommandRun.of("user", "--config", config(), "add", "boss", "--role", "administrator")
                        .exitCode())
                .isZero();
        var created = backup("create", file);
        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(created.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("backup: " + file + " ("))
                .anyMatch(line -> line.matches(
                        "made: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC from SQLite by Transpack \\S+, schema \\d+"))
                .contains("not in it: the objects in the bucket, the downloads, staged volumes, the settings");
        assertThat(backup("create", file).err()).contains("is there already", "--force");
        assertThat(backup("create", file, "--force").exitCode()).isZero();

        var verified = backup("verify", file, "--json").json();
        assertThat(verified.path("database").asString()).isEqualTo("SQLite");
        assertThat(verified.path("rows").asLong()).isPositive();
        assertThat(verified.path("tables").valueStream())
                .anyMatch(table -> table.path("table").asString().equals("accounts")
                        && table.path("rows").asLong() == 1);
        assertThat(backup("verify", file, "--json").out())
                .doesNotContain(
                        Files.readString(folder.resolve("data/instance.key")).strip());
        assertThat(backup("restore", file).err()).contains("is not empty (it has accounts)");
    }

    /// A server that was killed leaves its address; nobody listens there.
    @Test
    void anAddressThatNobodyListensAtHoldsNothingUp() throws Exception {
        settingsFile();
        InstanceKey.of(folder.resolve("data"));
        CommandRun.of("user", "--config", config(), "add", "boss", "--role", "administrator");
        var file = folder.resolve("t.backup");
        assertThat(backup("create", file).exitCode()).isZero();
        try (var there = Files.list(folder.resolve("data"))) {
            for (var each : there.toList()) Files.delete(each);
        }
        Files.writeString(folder.resolve("data/cli-address"), "http://127.0.0.1:1/\n");
        var restored = backup("restore", file);
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(CommandRun.of("user", "--config", config(), "list").out()).contains("boss");
    }

    @Test
    void aFullDiskIsOneSentenceThatNamesTheFolderOfTheFile() throws Exception {
        settingsFile();
        InstanceKey.of(folder.resolve("data"));
        CommandRun.of("user", "--config", config(), "add", "boss", "--role", "administrator");
        var disk = SmallDisk.mount(folder, "64k");
        if (disk.isEmpty()) return;
        try (var small = disk.get()) {
            var failed = backup("create", small.folder().resolve("t.backup"));
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.err().strip())
                    .isEqualTo("There is no room left on the disk of " + small.folder()
                            + ": make room there, or set the folder of FILE to a folder on another disk.");
        }
    }

    @Test
    void whatIsMistypedIsSaid() {
        assertThat(CommandRun.of("backup").err()).contains("Say which: create, verify or restore.");
        assertThat(CommandRun.of("backup", "create").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("backup", "verify", folder.resolve("x").toString())
                        .err())
                .contains("There is no file " + folder.resolve("x"));
    }

    private void settingsFile() throws IOException {
        Files.writeString(folder.resolve("transpack.yml"), "data-dir: '" + folder.resolve("data") + "'\n");
    }

    private String config() {
        return folder.resolve("transpack.yml").toString();
    }

    private CommandRun backup(String what, Path file, String... options) {
        var all = new ArrayList<>(List.of("backup", "--config", config(), what, file.toString()));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private Map<String, String> settings(String node, Path downloads, S3Relay relay, String bucket) {
        var settings = new HashMap<>(Map.of(
                "TRANSPACK_DATA_DIR",
                folder.resolve(node).toString(),
                "TRANSPACK_NODE_NAME",
                node,
                "TRANSPACK_TRANSMISSION_URL",
                "none",
                "TRANSPACK_DOWNLOADS_DIR",
                downloads.toString(),
                "TRANSPACK_UPLOAD_PART_SIZE",
                "5m"));
        settings.putAll(Map.of(
                "TRANSPACK_DESTINATIONS_BOX_ENDPOINT",
                relay.endpoint().toString(),
                "TRANSPACK_DESTINATIONS_BOX_BUCKET",
                bucket,
                "TRANSPACK_DESTINATIONS_BOX_ACCESS_KEY",
                S3Server.ACCESS_KEY,
                "TRANSPACK_DESTINATIONS_BOX_SECRET_KEY",
                S3Server.SECRET_KEY));
        return settings;
    }

    private TranspackProcess serve(Map<String, String> settings) throws Exception {
        var server = TranspackProcess.start(folder, settings, "serve", "--port", "0");
        settings.put("TRANSPACK_URL", server.printed("page").replaceAll("/$", ""));
        return server;
    }

    private TranspackProcess.Ended run(Map<String, String> settings, String... arguments) throws Exception {
        return TranspackProcess.run(folder, settings, arguments);
    }

    private String succeed(Map<String, String> settings, String... arguments) throws Exception {
        var ended = run(settings, arguments);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    private static String lastLine(String output) {
        return output.lines().toList().getLast().substring("link: ".length());
    }

    /// The other server listens on another port.
    private static int status(Map<String, String> settings, String link) throws Exception {
        var there = URI.create(settings.get("TRANSPACK_URL") + link.substring(link.indexOf("/d/")));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(there).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static int sent(S3Relay relay) {
        return (int) relay.partsAccepted().stream()
                .filter(part -> part.contains(".rar"))
                .count();
    }
}
