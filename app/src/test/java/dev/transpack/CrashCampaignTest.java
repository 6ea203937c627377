package dev.transpack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9, again and again, at every request that an upload makes: before the destination hears of it, when it has
/// done it and the answer is lost, and when the answer has just arrived, which is about the moment of the commit. The
/// next process goes on each time. In the end every pack extracts as its source, and the bucket and the rows agree.
class CrashCampaignTest {
    private static final int IN_FLIGHT = 4;
    /// So many that a worker has another to go on with while one waits for its dead process to be noticed.
    private static final int MOST_PACKS = 60;
    /// In MiB.
    private static final int MOST_OF_A_FILE = 400;

    @TempDir
    Path home;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final S3Server server = S3Server.start();
    private final S3Relay relay = S3Relay.before(server);
    private final String bucket = server.newBucket();
    private final List<String> names = new ArrayList<>();

    private enum Moment {
        BEFORE,
        ANSWER_LOST,
        ANSWERED
    }

    @AfterEach
    void close() {
        relay.close();
        server.close();
    }

    /// Most of the thirty fall on the command, which starts in a third of the time; the code that sends is the same.
    @Test
    @Timeout(300)
    void aCommandSurvivesTwentyEightKills() throws Exception {
        commandSurvives(28);
    }

    @Test
    @Timeout(300)
    void aWorkerSurvivesTwoKills() throws Exception {
        workerSurvives(2);
    }

    @Test
    @Tag("long")
    @Timeout(7200)
    void aCommandSurvivesTwoHundredKills() throws Exception {
        commandSurvives(200);
    }

    @Test
    @Tag("long")
    @Timeout(7200)
    void aWorkerSurvivesAHundredKills() throws Exception {
        workerSurvives(100);
    }

    /// A program that is begun again and again, whether there is nothing left for it to do, and whether it ends then.
    private record Campaign(Supplier<TranspackProcess> begin, Callable<Boolean> isOver, boolean ends) {}

    private void commandSurvives(int kills) throws Exception {
        film(0, kills * 12);
        var source = home.resolve("downloads/Film 0");
        var line = List.of("pack", source.toString(), "--output", "s3://" + bucket + "/films", "--volume-size", "20m");
        var state = home.resolve("state/transpack");
        run(
                kills,
                new Campaign(
                        () -> TranspackProcess.start(home, ofCommand(), line.toArray(String[]::new)),
                        () -> server.filesIn(bucket).stream().anyMatch(file -> file.endsWith("manifest.json")),
                        true));
        assertThat(state).isEmptyDirectory();
        assertThat(server.filesIn(bucket)).allMatch(file -> file.endsWith(".rar") || file.endsWith("/manifest.json"));
        assertEveryPackIsAsItsSource();
    }

    private void workerSurvives(int kills) throws Exception {
        for (var n = 0; n <= Math.min(kills / 2, MOST_PACKS); n++) film(n, 30);
        send();
        run(kills, new Campaign(() -> TranspackProcess.start(home, settings(), "worker"), this::nothingIsLeft, false));
        assertBucketAndRowsAgree();
        assertEveryPackIsAsItsSource();
    }

    private void run(int kills, Campaign campaign) throws Exception {
        System.out.println("crash campaign: seed " + seed);
        for (var n = 0; n < kills; n++) {
            assertThat(campaign.isOver().call())
                    .as("over before %d kills; seed %d", kills, seed)
                    .isFalse();
            killed(campaign);
        }
        try (var last = campaign.begin().get()) {
            Eventually.until(
                    "all is sent, or it ended",
                    () -> !last.runs() || (!campaign.ends() && campaign.isOver().call()));
            assertThat(last.stop().output()).as("seed %d", seed).doesNotContain("Exception");
        }
        assertThat(campaign.isOver().call()).as("seed %d", seed).isTrue();
        assertThat(sentTwice(kills)).as("seed %d", seed).isLessThanOrEqualTo(kills * IN_FLIGHT);
    }

    /// Says what the kills cost. What was cut in the middle counts whole: less of it may have been sent.
    ///
    /// @return how many parts were sent again although they had been accepted
    private int sentTwice(int kills) {
        var sent = relay.seen(Kind.PART).stream()
                .filter(part -> part.path().contains(".rar"))
                .toList();
        var needed = sent.stream().collect(toMap(S3Message::part, S3Message::length, Math::max));
        var accepted = sent.stream()
                .filter(part -> part.status() == 200)
                .map(S3Message::part)
                .toList();
        var twice = accepted.size() - Set.copyOf(accepted).size();
        var all = sent.stream().mapToLong(S3Message::length).sum();
        var once = needed.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "crash campaign: %d kills survived, %d of %d parts sent again although accepted, %d of %d MiB sent"
                        + " again (%.1f %%)%n",
                kills, twice, accepted.size(), (all - once) >> 20, all >> 20, 100.0 * (all - once) / all);
        return twice;
    }

    private void film(int n, int mebibytes) {
        var name = "Film " + n;
        names.add(name);
        var folder = home.resolve("downloads").resolve(name);
        for (var part = 0; part * MOST_OF_A_FILE < mebibytes; part++) {
            var left = Math.min(MOST_OF_A_FILE, mebibytes - part * MOST_OF_A_FILE);
            Folders.file(folder, "film " + part + ".mkv", left << 20);
        }
        Folders.file(folder, "film.srt", 3_000 + n);
    }

    /// Asks for all packs; nothing of them is done yet.
    private void send() throws Exception {
        var settings = settings();
        try (var page = TranspackProcess.start(home, settings, "serve", "--no-worker", "--port", "0")) {
            settings.put("TRANSPACK_URL", page.printed("page").replaceAll("/$", ""));
            for (var name : names)
                assertThat(TranspackProcess.run(home, settings, "send", name, "--volume-size", "12m")
                                .exitCode())
                        .isZero();
        }
    }

    /// A process that dies at one of its next requests.
    private void killed(Campaign campaign) throws Exception {
        var process = new CompletableFuture<TranspackProcess>();
        var left = new int[] {random.nextInt(6)};
        var moment = Moment.values()[random.nextInt(Moment.values().length)];
        relay.on(message -> isOfAPack(message) && left[0]-- == 0, 1, (message, connection) -> {
            if (moment == Moment.ANSWER_LOST) S3Fault.loseAnswer().apply(message, connection);
            if (moment == Moment.ANSWERED) S3Fault.none().apply(message, connection);
            process.join().kill();
            return false;
        });
        try (var started = campaign.begin().get()) {
            process.complete(started);
            Eventually.until("it died", () -> !started.runs());
        }
        relay.heal();
        relay.settle();
    }

    /// Not of the probe that every process begins with.
    private static boolean isOfAPack(S3Message message) {
        return !message.path().contains("/probe-") && message.kind() != Kind.DELETE;
    }

    /// Asked over a connection of its own, so that nothing but the processes keeps the database open.
    private boolean nothingIsLeft() throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/transpack.db"));
                var question = database.createStatement();
                var open = question.executeQuery("select count(*) from packs p where p.state <> 'READY' or exists"
                        + " (select 1 from jobs j where j.subject = p.id and j.state <> 'DONE')")) {
            return open.getInt(1) == 0;
        }
    }

    private void assertBucketAndRowsAgree() throws Exception {
        try (var database = Database.open(DatabaseSettings.file(home.resolve("data/transpack.db")))) {
            var keys = new ArrayList<>(database.reads()
                    .sql("select object_key from volumes")
                    .query(String.class)
                    .list());
            keys.addAll(database.reads()
                    .sql("select manifest_key from packs where state = 'READY'")
                    .query(String.class)
                    .list());
            assertThat(server.filesIn(bucket)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(database.reads()
                            .sql("select distinct state from jobs")
                            .query(String.class)
                            .list())
                    .containsExactly("DONE");
            assertThat(database.reads()
                            .sql("select count(*) from jobs where done_bytes <> total_bytes")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    private void assertEveryPackIsAsItsSource() throws Exception {
        var firsts = server.filesIn(bucket).stream()
                .filter(file -> file.matches(".*\\.part0*1\\.rar"))
                .toList();
        assertThat(firsts).hasSize(names.size());
        for (var first : firsts) {
            var volume = server.directory().resolve(bucket).resolve(first);
            var name = volume.getFileName().toString().replaceFirst("\\.part0*1\\.rar$", "");
            var into = home.resolve("extracted").resolve(name);
            Extracted.byUnrar(volume.getParent(), into)
                    .isSameAs(home.resolve("downloads").resolve(name));
        }
    }

    private Map<String, String> ofCommand() {
        return Map.of(
                "XDG_STATE_HOME",
                home.resolve("state").toString(),
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY,
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL",
                relay.endpoint().toString());
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("TRANSPACK_DATA_DIR", home.resolve("data").toString()),
                Map.entry("TRANSPACK_TRANSMISSION_URL", "none"),
                Map.entry("TRANSPACK_DOWNLOADS_DIR", home.resolve("downloads").toString()),
                Map.entry(
                        "TRANSPACK_DESTINATIONS_BOX_ENDPOINT", relay.endpoint().toString()),
                Map.entry("TRANSPACK_DESTINATIONS_BOX_BUCKET", bucket),
                Map.entry("TRANSPACK_DESTINATIONS_BOX_ACCESS_KEY", S3Server.ACCESS_KEY),
                Map.entry("TRANSPACK_DESTINATIONS_BOX_SECRET_KEY", S3Server.SECRET_KEY),
                Map.entry("TRANSPACK_UPLOAD_PART_SIZE", "5m"),
                Map.entry("TRANSPACK_JOBS_PARALLEL", "1")));
    }
}
