package dev.transpack.uploading;

import dev.transpack.database.Database;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.librar.Volume;
import dev.transpack.packing.Pack.Grade;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// The ledger of one pack as rows of `volumes` and `parts`. The pack's volumes are rows already when the upload begins:
/// they are part of the plan; only those that a program makes are added one by one. Every write is the job's run's own:
/// one that has lost the job writes nothing more.
final class LedgerRows implements UploadLedger {
    private final Database database;
    private final InstantSource clock;
    private final String pack;
    private final JobRun run;

    LedgerRows(Database database, InstantSource clock, String packId, JobRun run) {
        this.database = database;
        this.clock = clock;
        this.pack = packId;
        this.run = run;
    }

    @Override
    public void requireHeld() throws RunEnded {
        write(() -> {});
    }

    @Override
    public List<KnownVolume> volumes() {
        return database.reads()
                .sql("""
                        select n, object_key, upload_id, etag, version_id, crc32, crc32c, grade, completed_at
                        from volumes where pack_id = ? and deleted_at is null order by n
                        """)
                .param(pack)
                .query((row, _) -> volume(row))
                .list();
    }

    @Override
    public List<AcceptedPart> parts(int volume) {
        return database.reads()
                .sql("""
                        select number, size, etag, sha256, crc32, crc32c, fragments
                        from parts where pack_id = ? and volume = ? order by number
                        """)
                .params(pack, volume)
                .query((row, _) -> part(row))
                .list();
    }

    /// Lays down one more volume of a pack whose volumes come one by one.
    void add(Volume volume, ObjectKey key, int partSize) throws RunEnded {
        write(() -> database.writes()
                .sql("insert into volumes (pack_id, n, name, size, object_key, part_size) values (?, ?, ?, ?, ?, ?)")
                .params(pack, volume.index(), volume.name(), volume.length(), key.value(), partSize)
                .update());
    }

    @Override
    public void planned(int volume, ObjectKey key) throws RunEnded {
        write(() -> {
            var rows =
                    database.writes().sql("""
                            update volumes set object_key = ?, upload_id = null, etag = null, version_id = null,
                                crc32 = null, crc32c = null, grade = null, completed_at = null
                            where pack_id = ? and n = ?
                            """).params(key.value(), pack, volume).update();
            requireOne(rows, volume);
            database.writes()
                    .sql("delete from parts where pack_id = ? and volume = ?")
                    .params(pack, volume)
                    .update();
        });
    }

    @Override
    public void opened(int volume, String uploadId) throws RunEnded {
        write(() -> requireOne(
                database.writes()
                        .sql("update volumes set upload_id = ? where pack_id = ? and n = ?")
                        .params(uploadId, pack, volume)
                        .update(),
                volume));
    }

    @Override
    public void accepted(int volume, AcceptedPart part) throws RunEnded {
        write(() -> database.writes()
                .sql("""
                        insert into parts
                            (pack_id, volume, number, size, etag, sha256, crc32, crc32c, fragments, accepted_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (pack_id, volume, number) do update set
                            size = excluded.size, etag = excluded.etag, sha256 = excluded.sha256,
                            crc32 = excluded.crc32, crc32c = excluded.crc32c, fragments = excluded.fragments,
                            accepted_at = excluded.accepted_at
                        """)
                .params(
                        pack,
                        volume,
                        part.number(),
                        part.size(),
                        part.etag(),
                        part.sha256(),
                        Integer.toUnsignedLong(part.checksums().crc32()),
                        Integer.toUnsignedLong(part.checksums().crc32c()),
                        Fragments.encode(part.fragments()),
                        clock.millis())
                .update());
    }

    @Override
    public void completed(int volume, CompletedVolume object) throws RunEnded {
        write(() -> requireOne(
                database.writes()
                        .sql("""
                                update volumes set etag = ?, version_id = ?, crc32 = ?, crc32c = ?, grade = ?,
                                    completed_at = ?
                                where pack_id = ? and n = ?
                                """)
                        .param(object.etag())
                        .param(object.version())
                        .param(Integer.toUnsignedLong(object.crc32()))
                        .param(Integer.toUnsignedLong(object.crc32c()))
                        .param(object.grade() == null ? null : object.grade().name())
                        .param(clock.millis())
                        .param(pack)
                        .param(volume)
                        .update(),
                volume));
    }

    private void write(Runnable rows) throws RunEnded {
        try {
            run.commit(rows);
        } catch (JobInterrupted e) {
            throw new RunEnded(e);
        }
    }

    private void requireOne(int rows, int volume) {
        if (rows != 1) throw new IllegalStateException("pack " + pack + " has no row for volume " + volume);
    }

    private static KnownVolume volume(ResultSet row) throws SQLException {
        row.getLong("completed_at");
        var completed = row.wasNull() ? null : object(row);
        return new KnownVolume(
                row.getInt("n"), new ObjectKey(row.getString("object_key")), row.getString("upload_id"), completed);
    }

    private static CompletedVolume object(ResultSet row) throws SQLException {
        var grade = row.getString("grade");
        return new CompletedVolume(
                row.getString("etag"),
                row.getString("version_id"),
                (int) row.getLong("crc32"),
                (int) row.getLong("crc32c"),
                grade == null ? null : Grade.valueOf(grade));
    }

    private static AcceptedPart part(ResultSet row) throws SQLException {
        return new AcceptedPart(
                row.getInt("number"),
                row.getInt("size"),
                row.getString("etag"),
                row.getString("sha256"),
                new AcceptedPart.PartChecksums((int) row.getLong("crc32"), (int) row.getLong("crc32c")),
                Fragments.decode(row.getBytes("fragments")));
    }
}
