package dev.transpack.browse;

import dev.transpack.database.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The one class that reads and writes rows of `download_sizes`.
final class DownloadSizes {
    private static final int LONGEST_ROOT = 400;

    record Key(String root, String name) {}

    record Row(long bytes, long files, long mtime, long measuredAt) {}

    private final Database database;

    DownloadSizes(Database database) {
        this.database = database;
    }

    Map<Key, Row> all() {
        var rows = new HashMap<Key, Row>();
        database.reads()
                .sql("select root, name, bytes, files, mtime, measured_at from download_sizes")
                .query(row -> {
                    rows.put(
                            new Key(row.getString("root"), row.getString("name")),
                            new Row(
                                    row.getLong("bytes"),
                                    row.getLong("files"),
                                    row.getLong("mtime"),
                                    row.getLong("measured_at")));
                });
        return rows;
    }

    void save(Map<Key, Row> sizes) {
        if (sizes.isEmpty()) return;
        database.inTransaction(() -> sizes.forEach(this::save));
    }

    private void save(Key key, Row row) {
        if (key.root.length() > LONGEST_ROOT) return; // measured again after the next start
        database.writes()
                .sql("""
                        insert into download_sizes (root, name, bytes, files, mtime, measured_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (root, name) do update set bytes = excluded.bytes, files = excluded.files,
                            mtime = excluded.mtime, measured_at = excluded.measured_at
                        """)
                .params(key.root, key.name, row.bytes, row.files, row.mtime, row.measuredAt)
                .update();
    }

    /// Forgets what was not measured since: the entry is gone.
    void forgetBefore(Instant when) {
        database.writes()
                .sql("delete from download_sizes where measured_at < ?")
                .param(when.toEpochMilli())
                .update();
    }
}
