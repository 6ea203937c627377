package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import dev.transpack.nodes.Node;
import dev.transpack.nodes.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three processes on one PostgreSQL, each with the shared downloads at a place of its own: one is killed and one
/// frozen in the middle of an upload, and another goes on.
@Timeout(300)
class SeveralNodesTest {
    private static final int PARTS = 12; // of 5 MiB, in volumes of 20 MiB

    @TempDir
    Path home;

    private final S3Server server = S3Server.start();
    private final S3Relay relay = S3Relay.before(server);
    private final String bucket = server.newBucket();
    private final DatabaseSettings settings = PostgresServer.newDatabase();
    private final Database database = Database.open(settings);
    private final Jobs jobs = new Jobs(database, InstantSource.system());
    private final List<TranspackProcess> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(TranspackProcess::close);
        database.close();
        relay.close();
        server.close();
    }

    @Test
    void aPackGoesToTheNodeWithItsFilesAndSurvivesThatItIsKilledOrFrozen() throws Exception {
        var source = home.resolve("a/nas");
        for (var name : List.of("Film", "Series")) {
            Folders.file(source.resolve(name), "film.mkv", 56 << 20);
            Folders.file(source.resolve(name), "film.srt", 3_000);
        }
        Files.createDirectories(home.resolve("c/nas")); // nothing is mounted there yet
        var c = start("c", "40m", "worker");
        var a = start("a", "4m", "serve", "--port", "0");
        until("c", Node.State.ALIVE);
        send(a, "Film", "--priority", "high");
        send(a, "Series");

        var ledger = isKilledOnTheWay(a);
        var before = relay.seen(Kind.PART).size();
        mount("b");
        var b = start("b", "12m", "serve", "--port", "0");
        Eventually.until("the film is sealed", () -> state("Film").equals("READY"));
        assertThat(relay.seen(Kind.PART).stream().skip(before).map(S3Message::part))
                .doesNotContainAnyElementsOf(ledger);
        assertThat(begun("Film")).as("uploads that were begun").isEqualTo(volumes("Film"));
        assertThat(job("Film").turn().node()).isEqualTo("b");
        assertIsAsItsSource("Film");
        assertThat(run(b, "nodes").out())
                .containsPattern("a +gone +page, works")
                .containsPattern("c +alive +works");
        assertThat(run(b, "nodes").out()).contains("nas (not now)");

        isFrozenOnTheWay(b, c);
        assertThat(bucketAndRowsAgree()).isTrue();
        assertThat(c.stop().output()).doesNotContain("Exception");
        assertThat(b.stop().output()).contains("another run has taken the job");
    }

    /// Whoever drives the pack is killed or frozen, again and again, at any moment.
    @Test
    @Tag("long")
    @Timeout(3600)
    void aPackSurvivesTwentyTurns() throws Exception {
        Folders.file(home.resolve("a/nas/Film"), "film.mkv", 600 << 20);
        mount("b");
        mount("c");
        var nodes = new HashMap<String, TranspackProcess>();
        nodes.put("a", start("a", "4m", "serve", "--port", "0"));
        send(nodes.get("a"), "Film");
        for (var other : List.of("b", "c")) nodes.put(other, start(other, "4m", "worker"));
        var seed = new Random().nextLong();
        System.out.println("several nodes: seed " + seed);
        var random = new Random(seed);
        for (var turn = 0; turn < 20; turn++) takesOver(nodes, random);
        Eventually.until("it goes on", () -> accepted("Film") > 0 && job("Film").state() == JobState.RUNNING);
        for (var node : nodes.values()) node.close();
        nodes.clear();
        var last = start("b", "400m", "worker");
        Eventually.until("the film is sealed", () -> state("Film").equals("READY"));
        assertThat(last.stop().output()).as("seed %d", seed).doesNotContain("Exception");
        assertThat(relay.seen(Kind.ABORT)).as("seed %d", seed).isEmpty();
        assertThat(begun("Film")).isEqualTo(volumes("Film"));
        assertThat(bucketAndRowsAgree()).as("seed %d", seed).isTrue();
        assertIsAsItsSource("Film");
    }

    private void takesOver(Map<String, TranspackProcess> nodes, Random random) throws Exception {
        var before = accepted("Film");
        Eventually.until(
                "it goes on", () -> accepted("Film") > before && job("Film").state() == JobState.RUNNING);
        var name = Objects.requireNonNull(job("Film").turn().node());
        var node = Objects.requireNonNull(nodes.get(name));
        var killed = random.nextBoolean();
        if (killed) node.kill();
        else node.freeze();
        Eventually.until(
                "another has taken it", () -> !name.equals(job("Film").turn().node()));
        if (killed) nodes.put(name, start(name, "4m", "worker"));
        else node.thaw();
    }

    /// @return the parts that the ledger holds then
    private Set<String> isKilledOnTheWay(TranspackProcess a) throws Exception {
        Eventually.until("some parts are there", () -> accepted("Film") >= 4);
        assertThat(job("Film").turn().node()).isEqualTo("a");
        assertThat(state("Series")).isEqualTo("QUEUED");
        a.kill();
        relay.settle();
        var ledger = ledger("Film");
        assertThat(ledger).hasSizeBetween(1, PARTS - 1);
        until("a", Node.State.GONE);
        Eventually.until("it is queued again", () -> job("Film").state() == JobState.QUEUED);
        for (var name : List.of("Film", "Series"))
            assertThat(job(name).waitsFor())
                    .matches(
                            "Waits for a node that sees the files of nas: node c runs, but the folder is missing, empty"
                                    + " or unreadable there\\.");
        return ledger;
    }

    /// The files are mounted where they were missing, and that node goes on; the frozen one wakes when all is done.
    private void isFrozenOnTheWay(TranspackProcess b, TranspackProcess c) throws Exception {
        Eventually.until("some parts are there", () -> accepted("Series") >= 3);
        assertThat(job("Series").turn().node()).isEqualTo("b");
        var deleted = relay.seen(Kind.DELETE); // of the probe that comes before the first pack
        b.freeze();
        assertThat(state("Series")).isEqualTo("SENDING");
        mount("c");
        Eventually.until("the series is sealed", () -> state("Series").equals("READY"));
        assertThat(job("Series").turn().node()).isEqualTo("c");
        assertThat(c.runs()).isTrue();
        var fence = fence("Series");
        b.thaw();
        Eventually.until("it sees that it is late", () -> b.output().contains("another run has taken the job"));
        until("b", Node.State.ALIVE);
        relay.settle();
        assertThat(relay.seen(Kind.ABORT)).isEmpty();
        assertThat(relay.seen(Kind.DELETE)).hasSameSizeAs(deleted);
        assertThat(fence("Series")).isEqualTo(fence);
        assertThat(job("Series").state()).isEqualTo(JobState.DONE);
        assertThat(ledger("Series")).as("late parts in the ledger").isEmpty();
        assertThat(state("Series")).isEqualTo("READY");
        assertIsAsItsSource("Series");
    }

    private TranspackProcess start(String node, String rate, String... line) {
        var environment = new HashMap<>(Map.of(
                "TRANSPACK_NODE_NAME",
                node,
                "TRANSPACK_DATA_DIR",
                home.resolve("data").toString(),
                "TRANSPACK_TRANSMISSION_URL",
                "none",
                "TRANSPACK_DOWNLOADS_DIR",
                home.resolve(node).resolve("nas").toString(),
                "TRANSPACK_DOWNLOADS_SHARED",
                "nas=" + home.resolve(node).resolve("nas"),
                "TRANSPACK_DATABASE_URL",
                settings.url(),
                "TRANSPACK_DATABASE_USERNAME",
                settings.username(),
                "TRANSPACK_JOBS_PARALLEL",
                "1"));
        environment.putAll(Map.of(
                "TRANSPACK_DESTINATIONS_BOX_ENDPOINT",
                relay.endpoint().toString(),
                "TRANSPACK_DESTINATIONS_BOX_BUCKET",
                bucket,
                "TRANSPACK_DESTINATIONS_BOX_ACCESS_KEY",
                S3Server.ACCESS_KEY,
                "TRANSPACK_DESTINATIONS_BOX_SECRET_KEY",
                S3Server.SECRET_KEY,
                "TRANSPACK_UPLOAD_PART_SIZE",
                "5m",
                "TRANSPACK_UPLOAD_RATE_LIMIT",
                rate));
        var process = TranspackProcess.start(home, environment, line);
        started.add(process);
        return process;
    }

    /// The same files with the same times at a node's own place.
    private void mount(String node) throws IOException {
        var into = Files.createDirectories(home.resolve(node)).resolve("nas");
        var whole = home.resolve(node).resolve("whole");
        try (var all = Files.walk(home.resolve("a/nas"))) {
            for (var path : all.toList()) {
                var copy = whole.resolve(home.resolve("a/nas").relativize(path).toString());
                if (Files.isDirectory(path)) Files.createDirectories(copy);
                else Files.createLink(copy, path);
            }
        }
        try (var folders = Files.newDirectoryStream(home.resolve("a/nas"))) {
            for (var folder : folders)
                Files.setLastModifiedTime(whole.resolve(folder.getFileName()), Files.getLastModifiedTime(folder));
        }
        Files.deleteIfExists(into);
        Files.move(whole, into);
    }

    private void send(TranspackProcess page, String download, String... options) throws Exception {
        var line = new ArrayList<>(List.of("send", download, "--volume-size", "20m"));
        line.addAll(List.of(options));
        var sent = run(page, line.toArray(String[]::new));
        assertThat(sent.exitCode()).as(sent.err()).isZero();
    }

    private CommandRun run(TranspackProcess page, String... command) throws Exception {
        var line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--url", page.printed("page").replaceAll("/$", "")));
        Files.writeString(home.resolve("client.yml"), "data-dir: '" + home.resolve("data") + "'\n");
        line.addAll(List.of("--config", home.resolve("client.yml").toString()));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private void until(String node, Node.State state) throws Exception {
        Eventually.until(
                node + " is " + state,
                () -> new Nodes(database, InstantSource.system())
                        .all().stream()
                                .anyMatch(each -> each.name().equals(node) && each.state(Instant.now()) == state));
    }

    private String id(String name) {
        return text("select id from packs where name = ?", name);
    }

    private String state(String name) {
        return text("select state from packs where name = ?", name);
    }

    private Job job(String name) {
        return jobs.latest(id(name)).orElseThrow();
    }

    private String fence(String name) {
        return text("select cast(fence as varchar) from jobs where subject = ?", id(name));
    }

    private int volumes(String name) {
        return Integer.parseInt(text("select cast(count(*) as varchar) from volumes where pack_id = ?", id(name)));
    }

    private String text(String question, String parameter) {
        return Objects.requireNonNull(database.reads()
                .sql(question)
                .param(parameter)
                .query(String.class)
                .single());
    }

    /// What the rows know to be accepted, as the relay names parts.
    private Set<String> ledger(String name) {
        return new HashSet<>(database.reads()
                .sql("select v.object_key, p.number from parts p join volumes v on v.pack_id = p.pack_id"
                        + " and v.n = p.volume where p.pack_id = ?")
                .param(id(name))
                .query((row, n) -> "/" + bucket + "/" + row.getString(1) + "#" + row.getInt(2))
                .list());
    }

    private long begun(String name) {
        return relay.seen(Kind.CREATE).stream()
                .filter(message -> message.path().contains("/" + id(name) + "/"))
                .count();
    }

    private long accepted(String name) {
        return relay.partsAccepted().stream()
                .filter(part -> part.contains("/" + id(name) + "/"))
                .count();
    }

    private void assertIsAsItsSource(String name) throws Exception {
        var first = server.filesIn(bucket).stream()
                .filter(file -> file.contains(id(name)) && file.endsWith(".rar"))
                .findFirst()
                .orElseThrow();
        var volumes = server.directory().resolve(bucket).resolve(first).getParent();
        Extracted.byUnrar(volumes, home.resolve("extracted").resolve(name))
                .isSameAs(home.resolve("a/nas").resolve(name));
    }

    /// Also that no upload is open: of one the server keeps files of other names.
    private boolean bucketAndRowsAgree() {
        var keys = new HashSet<>(database.reads()
                .sql("select object_key from volumes union all select manifest_key from packs")
                .query((row, n) -> row.getString(1))
                .list());
        return new HashSet<>(server.filesIn(bucket)).equals(keys);
    }
}
