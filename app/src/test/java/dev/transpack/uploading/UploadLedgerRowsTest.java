package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.TestRun;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.packing.Pack;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on rows of a real database file.
class UploadLedgerRowsTest extends UploadLedgerContract {
    @TempDir
    Path home;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.file(home.resolve("t.db")));
        database.writes().sql("""
                        insert into packs (id, name, state, download_id, download_name, source, request, destination,
                            source_bytes, total_bytes, files, created_by, created_at)
                        values ('pack', 'n', 'UPLOADING', 'd', 'd', '/d', '{}', 's3', 0, 0, 0, 'me', 0)
                        """).update();
        for (var n = 0; n < 3; n++)
            database.writes()
                    .sql(
                            "insert into volumes (pack_id, n, name, size, object_key, part_size) values (?, ?, ?, ?, ?, ?)")
                    .params("pack", n, "v" + n, 1000, "p/pack/v" + n, 5 << 20)
                    .update();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    UploadLedger reopened() {
        return new LedgerRows(database, InstantSource.system(), "pack", new TestRun());
    }

    @Test
    void aRunThatLostTheJobWritesNothing() throws Exception {
        var run = new TestRun();
        var ledger = new LedgerRows(database, InstantSource.system(), "pack", run);
        var key = new ObjectKey("p/pack/v0");
        ledger.opened(0, "first");
        run.end(JobInterrupted.Cause.LOST);

        var part = new AcceptedPart(1, 5, "e", "s", new AcceptedPart.PartChecksums(1, 2), List.of());
        var object = new CompletedVolume("e", null, 1, 2, Pack.Grade.STRONG);
        List<ThrowingCallable> late = List.of(
                () -> ledger.planned(0, key),
                () -> ledger.opened(0, "late"),
                () -> ledger.accepted(0, part),
                () -> ledger.completed(0, object));
        assertThat(late).allSatisfy(write -> assertThatThrownBy(write).isInstanceOf(RunEnded.class));

        assertThat(reopened().volumes().getFirst()).isEqualTo(new UploadLedger.KnownVolume(0, key, "first", null));
        assertThat(reopened().parts(0)).isEmpty();
    }

    @Test
    void aVolumeThatIsNoRowIsAnError() {
        assertThatThrownBy(() -> reopened().opened(7, "upload")).isInstanceOf(IllegalStateException.class);
    }
}
