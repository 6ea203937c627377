package dev.transpack.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.SetClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PresenceTest {
    private static final Machine BOX = new Machine("box", false);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private Database database;
    private Nodes nodes;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.file(folder.resolve("t.db")));
        nodes = new Nodes(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Presence begin(String name) {
        return Presence.begin(nodes, BOX, new Presence.Self(name, "1", "none", false, true), Sight.NONE, List::of);
    }

    /// A node whose process is another, of which something was heard just now.
    private Node other(String name, ProcessHandle process, boolean works) {
        var node = new Node(
                UUID.randomUUID().toString(),
                name,
                new Node.Program(BOX.host(), process.pid(), Namesakes.started(process), "1", "none"),
                true,
                works,
                new Node.Times(clock.instant(), clock.instant(), null),
                List.of());
        nodes.enter(node);
        return node;
    }

    @Test
    void itIsAliveUntilItSaysThatItEnds() {
        Instant now = clock.instant();
        try (var presence = begin("box1")) {
            assertThat(nodes.all())
                    .singleElement()
                    .satisfies(
                            node -> assertThat(node.id())
                                    .isEqualTo(presence.here().id()),
                            node -> assertThat(node.state(now)).isEqualTo(Node.State.ALIVE),
                            node -> assertThat(node.state(now.plus(Node.SILENT)))
                                    .isEqualTo(Node.State.GONE));
        }
        assertThat(nodes.all())
                .singleElement()
                .extracting(node -> node.state(now))
                .isEqualTo(Node.State.STOPPED);
    }

    /// A service manager would kill it, and jobs that could save with it.
    @Test
    void itEndsInTimeWhateverTheDatabaseDoes() throws Exception {
        var presence = begin("box1");
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("t.db"));
                var lock = other.createStatement()) {
            lock.execute("begin immediate");
            assertThat(timed(presence::close)).isLessThan(Duration.ofSeconds(15));
            lock.execute("rollback");
        }
    }

    /// Whoever is ahead takes nodes that live for dead.
    @Test
    void aClockThatIsOffIsSaid() {
        try (var shared = Database.open(PostgresServer.newDatabase())) {
            assertThat(off(shared, 8_500))
                    .hasValueSatisfying(said ->
                            assertThat(said).startsWith("This machine's clock is 8 s ahead of the database's: set it"));
            assertThat(off(shared, -8_500))
                    .hasValueSatisfying(said -> assertThat(said).contains("clock is 8 s behind the"));
            assertThat(off(shared, 0)).isEmpty();
        }
        assertThat(off(database, 8_500)).as("on one machine there is one clock").isEmpty();
    }

    private static Optional<String> off(Database database, long millis) {
        return new Nodes(database, () -> Instant.now().plusMillis(millis)).clockProblem();
    }

    private static Duration timed(Runnable work) {
        var begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void aSecondOneThatWorksUnderTheNameIsRefusedWhileTheFirstRunsAndNotALittleLonger() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        try {
            other("box1", process.toHandle(), true);
            assertThatThrownBy(() -> begin("box1"))
                    .isInstanceOf(NodeNameTaken.class)
                    .hasMessage("A process works as 'box1' on this machine already (process " + process.pid()
                            + "): stop it, or set node.name to another name for this one.");
            try (var _ = begin("box2")) {
                assertThat(nodes.all()).extracting(Node::name).containsExactly("box1", "box2");
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
        try (var _ = begin("box1")) {
            assertThat(nodes.all()).extracting(Node::name).contains("box1");
        }
    }

    /// The usual way on one machine: a page, and the work in a process of its own, with the same settings.
    @Test
    void aPageMayHaveTheNameOfAWorker() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        try {
            other("box1", process.toHandle(), false);
            try (var _ = begin("box1")) {
                assertThat(nodes.all()).hasSize(2);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /// In a container every start has the same number, and perhaps the same name.
    @Test
    void aNumberThatIsThisProcessNowSaysNothing() {
        var self = ProcessHandle.current();
        var before = new Node(
                "before",
                "box1",
                new Node.Program(BOX.host(), self.pid(), Namesakes.started(self).minusSeconds(30), "1", "none"),
                false,
                true,
                new Node.Times(clock.instant(), clock.instant(), null),
                List.of());
        nodes.enter(before);
        try (var presence = begin("box1")) {
            assertThat(nodes.all())
                    .extracting(Node::id)
                    .containsExactly(presence.here().id());
        }
    }

    @Test
    void whatItSeesIsToldAndWhatWasNotHeardOfForAWeekIsForgotten() {
        other("box1", ProcessHandle.current(), true);
        var old = nodes.all().getFirst();
        assertThat(nodes.beat(old.id(), Map.of("nas", true, "usb", false))).isTrue();
        assertThat(nodes.all().getFirst().roots())
                .containsExactly(new Node.Root("nas", true), new Node.Root("usb", false));
        clock.advance(Duration.ofDays(8));
        assertThat(nodes.all()).isEmpty();
        other("box2", ProcessHandle.current(), true);
        assertThat(nodes.all()).extracting(Node::name).containsExactly("box2");
        assertThat(nodes.beat(old.id())).isFalse();
    }
}
