package dev.transpack.uploading;

import dev.transpack.database.Database;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The one class that reads and writes rows of `destination_probes`: what each destination was seen to do. It counts
/// only as long as the settings are those it was seen with.
public final class DestinationProbes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /// Which probe looked: what an earlier one took for proven is looked at again.
    private static final String PROBE = "2";

    private final Database database;
    private final InstantSource clock;

    public DestinationProbes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Seen(List<String> problems, DestinationFacts facts) {}

    private record Row(String settings, String seen, Instant at) {}

    /// What was seen last; empty when nobody looked since the settings changed.
    public Optional<SeenDestination> find(DestinationSettings destination) {
        return database.reads()
                .sql("select settings, seen, probed_at from destination_probes where destination = ?")
                .param(destination.name())
                .query((row, n) -> new Row(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .optional()
                .filter(row -> row.settings().equals(hash(destination)))
                .flatMap(DestinationProbes::read);
    }

    /// Keeps what a probe found.
    public SeenDestination remember(DestinationSettings destination, DestinationProbe.Result result) {
        var seen = SeenDestination.of(result, clock.instant());
        database.writes()
                .sql("""
                        insert into destination_probes (destination, settings, seen, probed_at) values (?, ?, ?, ?)
                        on conflict (destination) do update set
                            settings = excluded.settings, seen = excluded.seen, probed_at = excluded.probed_at""")
                .params(
                        destination.name(),
                        hash(destination),
                        JSON.writeValueAsString(new Seen(seen.problems(), seen.facts())),
                        seen.at().toEpochMilli())
                .update();
        return seen;
    }

    /// What a version wrote that knew other facts is forgotten.
    private static Optional<SeenDestination> read(Row row) {
        try {
            var seen = JSON.readValue(row.seen(), Seen.class);
            return Optional.of(new SeenDestination(row.at(), seen.problems(), seen.facts()));
        } catch (JacksonException | NullPointerException e) {
            return Optional.empty();
        }
    }

    /// Of everything that may change what is seen; who the keys belong to counts, a new secret of theirs does not.
    private static String hash(DestinationSettings destination) {
        var address = destination.address();
        var keys = destination.keys();
        var all = String.join(
                "\n",
                PROBE,
                destination.bucket(),
                destination.prefix(),
                String.valueOf(address),
                keys == null ? "" : keys.accessKey(),
                String.valueOf(destination.storage().storageClass()),
                String.valueOf(destination.storage().encryption()));
        return Digests.sha256(ByteBuffer.wrap(all.getBytes(StandardCharsets.UTF_8)));
    }
}
