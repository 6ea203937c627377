package dev.transpack.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Tells everybody who listens what changes. One thread reads the rows twice a second, and only while somebody listens;
/// it alone knows the history, so no lock is held while the database is asked.
@Component
class EventsHub implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventsHub.class);
    private static final int MOST_LISTENERS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final EventsSource source;
    private final long every;
    private final EventsHistory history = new EventsHistory();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<EventsSubscriber> listeners = new LinkedHashSet<>();
    private final List<EventsSubscriber> newcomers = new ArrayList<>();
    private final List<CompletableFuture<String>> questions = new ArrayList<>();
    private boolean polling;
    private volatile boolean running;
    private volatile long lastRead;

    @Autowired
    EventsHub(EventsSource source) {
        this(source, EVERY);
    }

    EventsHub(EventsSource source, Duration every) {
        this.source = source;
        this.every = every.toNanos();
        this.lastRead = System.nanoTime() - this.every;
    }

    /// Begins to listen: first everything, or what was missed since `lastEventId`, then every change.
    ///
    /// @return nothing when there are too many listeners, or the process ends
    Optional<EventsSubscriber> subscribe(@Nullable String lastEventId) {
        var subscriber = new EventsSubscriber(lastEventId);
        lock.lock();
        try {
            if (!running || listeners.size() + newcomers.size() >= MOST_LISTENERS) return Optional.empty();
            newcomers.add(subscriber);
            wake();
        } finally {
            lock.unlock();
        }
        return Optional.of(subscriber);
    }

    /// Ends listening.
    void leave(EventsSubscriber subscriber) {
        subscriber.end();
        lock.lock();
        try {
            listeners.remove(subscriber);
            newcomers.remove(subscriber);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// All there is at the moment, as JSON: for those who cannot listen. Nothing when the process ends, or the database
    /// does not answer for so long.
    Optional<String> everything() throws InterruptedException {
        var answer = new CompletableFuture<String>();
        lock.lock();
        try {
            if (!running) return Optional.empty();
            questions.add(answer);
            wake();
        } finally {
            lock.unlock();
        }
        try {
            return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .filter(json -> !json.isEmpty());
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } finally {
            forget(answer);
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very question, whatever its answer
    private void forget(CompletableFuture<String> question) {
        lock.lock();
        try {
            questions.removeIf(one -> one == question);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        lock.lock();
        try {
            running = true;
        } finally {
            lock.unlock();
        }
    }

    /// Lets every listener go. It comes before the web server's own stop, which waits for requests to end.
    @Override
    public void stop() {
        lock.lock();
        try {
            running = false;
            listeners.forEach(EventsSubscriber::end);
            newcomers.forEach(EventsSubscriber::end);
            questions.forEach(question -> question.complete(""));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void wake() {
        changed.signalAll();
        if (polling) return;
        polling = true;
        Thread.ofVirtual().name("events").start(this::run);
    }

    /// However it ends, the next who comes begins anew.
    private void run() {
        try {
            poll();
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("telling what happens has failed; who listens has to come again");
            letGo();
        }
    }

    private void letGo() {
        lock.lock();
        try {
            polling = false;
            listeners.forEach(EventsSubscriber::end);
            newcomers.forEach(EventsSubscriber::end);
            listeners.clear();
            newcomers.clear();
            questions.forEach(question -> question.complete(""));
            questions.clear();
        } finally {
            lock.unlock();
        }
    }

    private void poll() {
        while (true) {
            var arriving = awaitTurn();
            if (arriving == null) return;
            var news = read();
            lock.lock();
            try {
                if (news != null) tell(news, arriving);
            } finally {
                lock.unlock();
            }
        }
    }

    /// Those who came since the last turn.
    private record Arriving(List<EventsSubscriber> listeners, List<CompletableFuture<String>> questions) {}

    /// Waits until the rows may be read again. Who comes meanwhile is told what is read then: never anything older than
    /// the page they look at.
    ///
    /// @return null when nobody is left to be told
    private @Nullable Arriving awaitTurn() {
        lock.lock();
        try {
            for (var left = untilTurn(); left > 0 && somebody(); left = untilTurn()) {
                var _ = changed.awaitNanos(left);
            }
            if (somebody()) return new Arriving(List.copyOf(newcomers), List.copyOf(questions));
            polling = false;
            return null;
        } catch (InterruptedException e) {
            polling = false;
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private long untilTurn() {
        return every - (System.nanoTime() - lastRead);
    }

    private boolean somebody() {
        return running && !(listeners.isEmpty() && newcomers.isEmpty() && questions.isEmpty());
    }

    /// A database that does not answer for a moment is asked again at the next turn: listeners see old numbers.
    private @Nullable String read() {
        lastRead = System.nanoTime();
        try {
            return history.advance(source.read());
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("cause", e.getMessage()).log("what happens could not be read; trying again");
            return null;
        }
    }

    private void tell(String news, Arriving arriving) {
        if (!news.isEmpty()) listeners.removeIf(listener -> !listener.offer(news));
        for (var newcomer : arriving.listeners())
            if (newcomer.offer(history.welcome(newcomer.lastEventId()))) listeners.add(newcomer);
        newcomers.removeAll(arriving.listeners());
        arriving.questions().forEach(question -> question.complete(history.everything()));
        questions.removeIf(CompletableFuture::isDone);
    }
}
