package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import java.nio.file.Path;
import java.time.InstantSource;
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
        return new LedgerRows(database, InstantSource.system(), "pack");
    }

    @Test
    void aVolumeThatIsNoRowIsAnError() {
        assertThatThrownBy(() -> reopened().opened(7, "upload")).isInstanceOf(IllegalStateException.class);
    }
}
