package dev.transpack.space;

import dev.transpack.database.DatabaseFullException;
import dev.transpack.database.DatabaseUnwritableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every minute how much room there is, and logs it once when it gets little and once when there is enough again;
/// has the daily chores done.
public final class SpaceWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SpaceWatch.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Space space;
    private final Runnable chores;
    private final Map<String, String> said = new HashMap<>();
    private boolean refused;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("space").factory());

    SpaceWatch(Space space, Runnable chores) {
        this.space = space;
        this.chores = chores;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::quietly, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /// A failure ends this look only: the next is a minute later.
    void quietly() {
        try {
            look();
            chores.run();
            refused = false;
        } catch (DatabaseFullException e) {
            log.atDebug().setCause(e).log("no room to write down what is due");
        } catch (DatabaseUnwritableException e) {
            if (!refused)
                log.atWarn()
                        .addKeyValue("why", e.getMessage())
                        .log("what is due daily waits until the database takes writes again");
            refused = true;
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted())
                log.atWarn().setCause(e).log("how much room there is could not be looked at; next look in a minute");
        }
    }

    /// One look; what was said is not said again while it lasts.
    void look() {
        var now = space.report().warnings();
        now.forEach((what, sentence) -> {
            if (said.put(what, sentence) == null) log.atWarn().log(sentence);
        });
        said.keySet().removeIf(what -> {
            if (now.containsKey(what)) return false;
            log.atInfo().addKeyValue("what", what).log("there is room again");
            return true;
        });
    }
}
