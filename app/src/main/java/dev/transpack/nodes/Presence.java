package dev.transpack.nodes;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says every few seconds that this process lives and which roots it sees, until it is closed. Looking has a thread of
/// its own: a disk that does not answer, as a network disk may, takes the roots away and not the node.
public final class Presence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final Duration BEAT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NAMESAKES_EVERY = 10;

    private final Nodes nodes;
    private final Node self;
    private final Here here;
    private final Supplier<Collection<String>> wanted;
    private final CountDownLatch looked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread looking;
    private final Thread beating;
    private volatile Look last;
    private @Nullable Map<String, Boolean> told;
    private boolean warned;
    private boolean clockWarned;

    /// What was seen, by the time of this process.
    private record Look(Map<String, Boolean> roots, long nanos) {
        /// Of a look that took too long nobody knows whether it is still true.
        Map<String, Boolean> now() {
            if (System.nanoTime() - nanos < Node.SILENT.toNanos()) return roots;
            return Map.of();
        }
    }

    /// What a process says of itself.
    ///
    /// @param daemon the Transmission that it asks
    /// @param works whether it does background work
    public record Self(String name, String version, String daemon, boolean serves, boolean works) {}

    private Presence(Nodes nodes, Node self, Sight sight, Supplier<Collection<String>> wanted) {
        this.nodes = nodes;
        this.self = self;
        this.here = new Here(self.id(), self.name(), sight);
        this.wanted = wanted;
        this.last = new Look(Map.of(), System.nanoTime());
        this.looking = Thread.ofPlatform().daemon().name("roots").unstarted(this::looks);
        this.beating = Thread.ofVirtual().name("heartbeat").unstarted(this::beats);
    }

    /// Enters the nodes.
    ///
    /// @param wanted the roots that open jobs need
    /// @throws NodeNameTaken when another process on this machine works under its name
    public static Presence begin(
            Nodes nodes, Machine machine, Self self, Sight sight, Supplier<Collection<String>> wanted) {
        var process = ProcessHandle.current();
        var node = new Node(
                UUID.randomUUID().toString(),
                self.name(),
                new Node.Program(
                        machine.host(), process.pid(), Namesakes.started(process), self.version(), self.daemon()),
                self.serves(),
                self.works(),
                new Node.Times(nodes.now(), nodes.now(), null),
                List.of());
        refuseNamesake(nodes, node);
        var presence = new Presence(nodes, node, sight, wanted);
        presence.looking.start();
        nodes.enter(node);
        presence.awaitFirstLook();
        presence.beat();
        presence.warnOfClock();
        presence.beating.start();
        return presence;
    }

    /// This process, for those who work in it.
    public Here here() {
        return here;
    }

    /// Whether no other process that may live works under this name.
    public boolean aloneWithItsName() {
        var now = nodes.now();
        return nodes.all().stream().noneMatch(other -> Namesakes.collide(self, other, now));
    }

    /// Says that it ends, and ends: within seconds, whatever the database does.
    @Override
    public void close() {
        closed.countDown();
        looking.interrupt();
        try {
            if (!beating.join(PATIENCE))
                log.atWarn().log("the database does not answer: this node counts as gone in a moment");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuseNamesake(Nodes nodes, Node self) {
        for (var other : nodes.all())
            if (Namesakes.collide(self, other, nodes.now())
                    && other.program().host().equals(self.program().host())
                    && Namesakes.runsBeside(other)) throw new NodeNameTaken(other);
    }

    private void looks() {
        try {
            look();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the first look at the download folders failed; tried again");
        } finally {
            looked.countDown();
        }
        every(this::look);
    }

    private void look() {
        last = new Look(here.sight().look(wanted.get()), System.nanoTime());
    }

    /// Begins with what is seen, unless a disk keeps it waiting.
    private void awaitFirstLook() {
        try {
            if (!looked.await(BEAT.toMillis(), TimeUnit.MILLISECONDS))
                log.atWarn().log("a download folder does not answer; begun without it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beats() {
        var count = new int[1];
        every(() -> {
            beat();
            warnOfClock();
            if (++count[0] % NAMESAKES_EVERY == 0) warnOfNamesakes();
        });
        leave();
    }

    private void leave() {
        try {
            nodes.leave(self.id());
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("could not say that this node ends: it counts as gone in a moment");
        }
    }

    private void beat() {
        var roots = last.now();
        var same = roots.equals(told);
        if (same ? nodes.beat(self.id()) : nodes.beat(self.id(), roots)) {
            told = roots;
            return;
        }
        nodes.enter(self); // forgotten while it was frozen, or the database is another now
        nodes.beat(self.id(), roots);
    }

    /// The database or a disk may be away for a while.
    private void every(Runnable work) {
        var failing = false;
        while (!isClosed()) {
            try {
                work.run();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && closed.getCount() > 0)
                    log.atWarn().setCause(e).log("no heartbeat; tried again until there is one");
                failing = true;
            }
        }
    }

    private boolean isClosed() {
        try {
            return closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /// Once until it is mended.
    private void warnOfClock() {
        var problem = nodes.clockProblem();
        if (problem.isPresent() && !clockWarned) log.atWarn().log(problem.get());
        clockWarned = problem.isPresent();
    }

    private void warnOfNamesakes() {
        var now = nodes.now();
        var namesake = nodes.all().stream()
                .filter(other -> Namesakes.collide(self, other, now))
                .findFirst();
        if (namesake.isPresent() && !warned)
            log.atError()
                    .addKeyValue("name", self.name())
                    .addKeyValue("host", namesake.get().program().host())
                    .addKeyValue("pid", namesake.get().program().pid())
                    .log("two nodes work under one name: set node.name to another name for one of them");
        warned = namesake.isPresent();
    }
}
