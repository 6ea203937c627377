package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.packing.Pack;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The configured destinations, each opened when it is first needed and kept open. What a destination was seen to do is
/// remembered in rows: it is probed once.
public final class OpenDestinations implements Stores, AutoCloseable {
    private final Destinations settings;
    private final DestinationProbes probes;
    private final PackVolumes volumes;
    private final InstantSource clock;
    private final Map<String, ObjectStore> stores = new HashMap<>();

    OpenDestinations(Destinations settings, Database database, PackVolumes volumes, InstantSource clock) {
        this.settings = settings;
        this.probes = new DestinationProbes(database, clock);
        this.volumes = volumes;
        this.clock = clock;
    }

    /// The bucket that a pack goes to, or lies in.
    ///
    /// @throws StoreException REFUSED when the settings do not name it any more
    @Override
    public ObjectStore store(Pack pack) throws StoreException {
        return store(settings(pack));
    }

    /// A pack's destination ready to be uploaded to, probed if it never was.
    ///
    /// @throws StoreException when it does not answer as an upload needs; its kind says whether that may pass
    /// @throws IOException when it answers with other bytes than were written
    Destination destination(Pack pack) throws IOException, InterruptedException {
        var settings = settings(pack);
        var store = store(settings);
        var known = probes.find(settings).filter(SeenDestination::works);
        var facts = known.isPresent() ? known.get().facts() : probed(settings, store);
        return new Destination(store, settings.prefix(), facts);
    }

    /// Looks at a destination now, and remembers what is seen.
    ///
    /// @throws StoreException REFUSED if neither settings nor environment say which region
    public SeenDestination look(DestinationSettings destination) throws StoreException, InterruptedException {
        return probes.remember(destination, DestinationLook.at(destination, clock));
    }

    /// What was seen of a destination last; empty when nobody looked since its settings changed.
    public Optional<SeenDestination> seen(DestinationSettings destination) {
        return probes.find(destination);
    }

    /// Whether every bucket of the settings answers, and lets us look into it; asked side by side.
    public boolean answer() {
        var looks = settings.all().stream()
                .map(destination -> (Callable<Boolean>) () -> answers(destination))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(looks).stream()
                    .allMatch(look -> look.state() == Future.State.SUCCESS && look.resultNow());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean answers(DestinationSettings destination) throws InterruptedException {
        try {
            var _ = store(destination).find(ObjectKey.of(destination.prefix(), "health", "check"));
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /// What the settings say of a pack's destination.
    ///
    /// @throws StoreException REFUSED when they name it no more, or mean another place than the pack lies in
    DestinationSettings settings(Pack pack) throws StoreException {
        var name = pack.destination();
        var found = settings.find(name)
                .orElseThrow(() -> refused(
                        "The destination '" + name + "' is no longer in the settings: put it back, then retry."));
        var difference = volumes.place(pack.id())
                .map(place -> place.differenceFrom(found, pack.name()))
                .orElse(null);
        if (difference != null) throw refused(difference);
        return found;
    }

    @Override
    public void close() {
        synchronized (stores) {
            stores.values().forEach(ObjectStore::close);
            stores.clear();
        }
    }

    /// The bucket of a destination; it stays ours and is not to be closed.
    ///
    /// @throws StoreException REFUSED if neither settings nor environment say which region
    public ObjectStore store(DestinationSettings destination) throws StoreException {
        synchronized (stores) {
            var open = stores.get(destination.name());
            if (open != null) return open;
            var opened = S3ObjectStore.open(destination);
            stores.put(destination.name(), opened);
            return opened;
        }
    }

    private static StoreException refused(String sentence) {
        return new StoreException(StoreException.Kind.REFUSED, sentence);
    }

    private DestinationFacts probed(DestinationSettings destination, ObjectStore store)
            throws IOException, InterruptedException {
        var result = DestinationProbe.run(store, destination.prefix(), clock);
        probes.remember(destination, result);
        var failed = result.checks().stream().filter(check -> !check.works()).findFirst();
        if (failed.isPresent()) throw unusable(destination.name(), failed.get());
        return result.facts();
    }

    /// The kind of what failed decides whether it is tried again.
    private static IOException unusable(String name, DestinationProbe.Check check) {
        var sentence = "The destination '" + name + "' cannot be used: " + check.problem();
        return check.failure() instanceof StoreException e
                ? new StoreException(e.kind(), sentence, e)
                : new IOException(sentence, check.failure());
    }
}
