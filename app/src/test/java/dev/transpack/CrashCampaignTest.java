package dev.transpack;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
    private static final int KILLS_A_PACK = 5;

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

    @Test
    @Timeout(600)
    void thirtyKillsLoseNothing() throws Exception {
        survives(30);
    }

    @Test
    @Tag("long")
    @Timeout(7200)
    void threeHundredKillsLoseNothing() throws Exception {
        survives(300);
    }

    private void survives(int kills) throws Exception {
        System.out.println("crash campaign: seed " + seed);
        for (var n = 0; n < kills / KILLS_A_PACK; n++) names.add(film(n));
        send();
        var done = 0;
        while (done < kills && !isOver()) {
            killed();
            done++;
        }
        assertThat(done).as("kills before everything was sent; seed %d", seed).isEqualTo(kills);
        untilOver();
        var twice = relay.partsAccepted().size() - new HashSet<>(relay.partsAccepted()).size();
        System.out.printf(
                "crash campaign: %d kills survived, %d of %d parts sent twice%n",
                kills, twice, relay.partsAccepted().size());
        assertThat(twice).as("seed %d", seed).isLessThanOrEqualTo(kills * IN_FLIGHT);
        assertBucketAndRowsAgree();
        assertEveryPackIsAsItsSource();
    }

    private String film(int n) throws IOException {
        var name = "Film " + n;
        var folder = Files.createDirectories(home.resolve("downloads").resolve(name));
        Folders.file(folder, "film.mkv", 30 << 20);
        Folders.file(folder, "film.srt", 3_000 + n);
        return name;
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
    private void killed() throws Exception {
        var process = new CompletableFuture<TranspackProcess>();
        var left = new int[] {random.nextInt(8)};
        var moment = Moment.values()[random.nextInt(Moment.values().length)];
        relay.on(message -> isOfAPack(message) && left[0]-- == 0, 1, (message, connection) -> {
            if (moment == Moment.ANSWER_LOST) S3Fault.loseAnswer().apply(message, connection);
            if (moment == Moment.ANSWERED) S3Fault.none().apply(message, connection);
            process.join().kill();
            return false;
        });
        try (var worker = TranspackProcess.start(home, settings(), "worker")) {
            process.complete(worker);
            Eventually.until("it died, or all is sent", () -> !worker.runs() || isOver());
        }
        relay.heal();
        relay.settle();
    }

    private void untilOver() throws Exception {
        try (var worker = TranspackProcess.start(home, settings(), "worker")) {
            Eventually.until("all is sent, or it ended", () -> isOver() || !worker.runs());
            assertThat(worker.stop().output()).as("seed %d", seed).doesNotContain("Exception");
        }
    }

    /// Not of the probe that every process begins with.
    private static boolean isOfAPack(S3Message message) {
        return !message.path().contains("/probe-") && message.kind() != Kind.DELETE;
    }

    /// Asked over a connection of its own, so that nothing but the processes keeps the database open.
    private boolean isOver() throws SQLException {
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
                .filter(file -> file.endsWith(".part1.rar"))
                .toList();
        assertThat(firsts).hasSize(names.size());
        for (var first : firsts) {
            var volume = server.directory().resolve(bucket).resolve(first);
            var name = volume.getFileName().toString().replace(".part1.rar", "");
            var into = home.resolve("extracted").resolve(name);
            Extracted.byUnrar(volume.getParent(), into)
                    .isSameAs(home.resolve("downloads").resolve(name));
        }
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
