package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.packing.Packs;
import dev.transpack.settings.ByteSize;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What packs on their way will take counts from the moment they begin.
@Timeout(60)
class BucketUseTest {
    @TempDir
    Path home;

    /// The `rar` program says what its volumes are only when it has made them.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPackWithoutVolumesTakesWhatItHolds(boolean sqlite) {
        var settings = sqlite ? DatabaseSettings.file(home.resolve("t.db")) : PostgresServer.newDatabase();
        try (var database = Database.open(settings)) {
            var use = new BucketUse(database);
            var id = sized(database, 600);
            assertThat(use.of("test")).isEqualTo(new BucketUse.Used(0, 0));
            new Packs(database, InstantSource.system()).sending(id);
            assertThat(use.of("test")).isEqualTo(new BucketUse.Used(0, 600));
            volume(database, id, 0, 200L);
            volume(database, id, 1, null);
            assertThat(use.of("test")).isEqualTo(new BucketUse.Used(200, 400));
        }
    }

    @Test
    void ofTwoThatBeginAtOnceTheSecondIsRefused() throws Exception {
        try (var database = Database.open(PostgresServer.newDatabase());
                var threads = Executors.newFixedThreadPool(2)) {
            database.writes()
                    .sql(
                            "insert into destination_probes (destination, settings, seen, probed_at) values ('test','','',0)")
                    .update();
            var packs = new Packs(database, InstantSource.system());
            var together = new CyclicBarrier(2);
            Stream<Callable<Boolean>> both = Stream.of(sized(database, 600), sized(database, 600))
                    .map(id -> () -> {
                        together.await();
                        return database.inTransaction(() -> {
                            var refused = new BucketUse(database).problem(packs.get(id), there(), 600);
                            if (refused.isEmpty()) packs.sending(id);
                            return refused.isEmpty();
                        });
                    });

            var began = threads.invokeAll(both.toList());

            assertThat(List.of(began.get(0).get(), began.get(1).get())).containsExactlyInAnyOrder(true, false);
        }
    }

    private static String sized(Database database, long bytes) {
        var id = PackRow.of("Film", Path.of("/downloads/Film")).insert(database);
        database.writes()
                .sql("update packs set total_bytes = ? where id = ?")
                .params(bytes, id)
                .update();
        return id;
    }

    /// @param completed null: it is on its way
    private static void volume(Database database, String pack, int n, Long completed) {
        database.writes()
                .sql("insert into volumes (pack_id, n, name, size, object_key, part_size, completed_at)"
                        + " values (?, ?, 'x', 200, 'x', 1, ?)")
                .param(pack)
                .param(n)
                .param(completed)
                .update();
    }

    private static DestinationSettings there() {
        var plain = S3Fixture.settings(URI.create("http://127.0.0.1:1"), "bucket");
        return new DestinationSettings(
                plain.name(),
                plain.bucket(),
                plain.prefix(),
                plain.address(),
                plain.keys(),
                new DestinationSettings.Storage(null, null, new ByteSize(1000)));
    }
}
