package dev.transpack.uploading;

import dev.transpack.database.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The configured destinations, each opened when it is first needed and kept open. What a destination was seen to do is
/// remembered in rows: it is probed once.
public final class OpenDestinations implements Stores, AutoCloseable {
    private final Destinations settings;
    private final Database database;
    private final InstantSource clock;
    private final Map<String, ObjectStore> stores = new HashMap<>();

    public OpenDestinations(Destinations settings, Database database, InstantSource clock) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
    }

    /// The bucket of a destination.
    ///
    /// @throws StoreException REFUSED when the settings do not name it any more
    @Override
    public ObjectStore store(String name) throws StoreException {
        var destination = find(name);
        synchronized (stores) {
            var open = stores.get(name);
            if (open != null) return open;
            var opened = S3ObjectStore.open(destination);
            stores.put(name, opened);
            return opened;
        }
    }

    /// A destination ready to be uploaded to, probed if it never was.
    ///
    /// @throws StoreException when it does not answer as an upload needs; its kind says whether that may pass
    /// @throws IOException when it answers with other bytes than were written
    public Destination destination(String name) throws IOException, InterruptedException {
        var prefix = find(name).prefix();
        var store = store(name);
        var known = enforcesPayloadHash(name);
        return new Destination(store, prefix, known.isPresent() ? known.get() : probe(name, store, prefix));
    }

    @Override
    public void close() {
        synchronized (stores) {
            stores.values().forEach(ObjectStore::close);
            stores.clear();
        }
    }

    private DestinationSettings find(String name) throws StoreException {
        return settings.find(name)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.REFUSED,
                        "The destination '" + name + "' is no longer in the settings: put it back, then retry."));
    }

    private boolean probe(String name, ObjectStore store, String prefix) throws IOException, InterruptedException {
        var result = DestinationProbe.run(store, prefix);
        var failed = result.checks().stream().filter(check -> !check.works()).findFirst();
        if (failed.isPresent()) throw unusable(name, failed.get());
        remember(name, result.payloadHashEnforced());
        return result.payloadHashEnforced();
    }

    /// The kind of what failed decides whether it is tried again.
    private static IOException unusable(String name, DestinationProbe.Check check) {
        var sentence = "The destination '" + name + "' cannot be used: " + check.problem();
        return check.failure() instanceof StoreException e
                ? new StoreException(e.kind(), sentence, e)
                : new IOException(sentence, check.failure());
    }

    private Optional<Boolean> enforcesPayloadHash(String name) {
        return database.reads()
                .sql("select payload_hash_enforced from destination_probes where destination = ?")
                .param(row(name))
                .query(Boolean.class)
                .optional();
    }

    private void remember(String name, boolean enforced) {
        database.writes().sql("""
                        insert into destination_probes (destination, payload_hash_enforced, probed_at) values (?, ?, ?)
                        on conflict (destination) do update set
                            payload_hash_enforced = excluded.payload_hash_enforced, probed_at = excluded.probed_at""").params(row(name), enforced, clock.millis()).update();
    }

    /// Another bucket or service under the same name is another destination.
    private String row(String name) {
        return settings.find(name)
                .map(destination -> name + " " + destination.address().endpoint() + " " + destination.bucket())
                .orElse(name);
    }
}
