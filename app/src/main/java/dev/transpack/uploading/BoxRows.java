package dev.transpack.uploading;

import dev.transpack.database.Database;
import java.util.Optional;

/// The one class that reads and writes rows of `box_packs`: what a pack that is served from its source files needs
/// beside them.
public final class BoxRows {
    private final Database database;

    public BoxRows(Database database) {
        this.database = database;
    }

    /// Notes what a pack is served with; what an earlier run noted is replaced.
    void insert(String pack, byte[] checksums, byte[] manifest) {
        forget(pack);
        database.writes()
                .sql("insert into box_packs (pack_id, checksums, manifest) values (?, ?, ?)")
                .params(pack, checksums, manifest)
                .update();
    }

    /// Its checksums, as [dev.transpack.librar.PlanChecksums] reads them; empty when it is not served.
    public Optional<byte[]> checksums(String pack) {
        return bytes("checksums", pack);
    }

    /// Its manifest, as JSON; empty when it is not served.
    public Optional<byte[]> manifest(String pack) {
        return bytes("manifest", pack);
    }

    /// It is not served any more.
    public void forget(String pack) {
        database.writes()
                .sql("delete from box_packs where pack_id = ?")
                .param(pack)
                .update();
    }

    private Optional<byte[]> bytes(String column, String pack) {
        return database.reads()
                .sql("select " + column + " from box_packs where pack_id = ?")
                .param(pack)
                .query((row, n) -> row.getBytes(1))
                .optional();
    }
}
