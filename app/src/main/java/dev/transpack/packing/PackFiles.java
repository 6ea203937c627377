package dev.transpack.packing;

import dev.transpack.database.Database;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.NameWarning;
import dev.transpack.librar.PortableNames;
import java.nio.file.Path;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one class that reads and writes rows of `pack_files` and `pack_warnings`: what was in the download when the pack
/// was planned, and which of it will not arrive everywhere as it is called here.
public final class PackFiles {
    private static final int BATCH = 1_000;
    private static final int MOST_WARNINGS = 100;

    private final Database database;

    public PackFiles(Database database) {
        this.database = database;
    }

    /// One entry of a pack, in archive order.
    public record PackFile(
            String path,
            Entry.Kind kind,
            long size,
            Instant modified,
            int mode,
            @Nullable String linkTarget) {

        private static PackFile of(Entry entry) {
            return new PackFile(
                    entry.name(), entry.kind(), entry.size(), entry.modified(), entry.mode(), entry.linkTarget());
        }

        private Entry entry() {
            return new Entry(path, kind, Path.of(path), size, modified, mode, linkTarget);
        }

        private boolean describes(Entry entry) {
            return path.equals(entry.name())
                    && kind == entry.kind()
                    && size == entry.size()
                    && modified.equals(entry.modified())
                    && mode == entry.mode()
                    && Objects.equals(linkTarget, entry.linkTarget());
        }
    }

    void insert(String pack, List<Entry> entries) {
        var numbers = new int[] {0};
        database.batch().batchUpdate("""
                        insert into pack_files (pack_id, n, path, kind, size, mtime_s, mtime_ns, mode, link_target)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", entries, BATCH, (row, entry) -> {
            row.setString(1, pack);
            row.setInt(2, numbers[0]++);
            row.setString(3, entry.name());
            row.setString(4, entry.kind().name());
            row.setLong(5, entry.size());
            var modified = entry.modified();
            row.setLong(6, modified.getEpochSecond());
            row.setInt(7, modified.getNano());
            row.setInt(8, entry.mode());
            row.setObject(9, entry.linkTarget(), Types.VARCHAR);
        });
    }

    void insertWarnings(String pack, List<NameWarning> warnings) {
        var numbers = new int[] {0};
        database.batch()
                .batchUpdate(
                        "insert into pack_warnings (pack_id, n, name, problem) values (?, ?, ?, ?)",
                        warnings.stream().limit(MOST_WARNINGS).toList(),
                        BATCH,
                        (row, warning) -> {
                            row.setString(1, pack);
                            row.setInt(2, numbers[0]++);
                            row.setString(3, warning.name());
                            row.setString(4, warning.problem());
                        });
    }

    /// The first hundred of a pack's warnings; the pack says how many there are.
    public List<NameWarning> warnings(String pack) {
        return database.reads()
                .sql("select name, problem from pack_warnings where pack_id = ? order by n")
                .param(pack)
                .query((row, n) -> new NameWarning(row.getString("name"), row.getString("problem")))
                .list();
    }

    /// Entries of a pack in archive order, under the names that they have there.
    public List<PackFile> inArchive(Pack pack, int offset, int limit) {
        if (!pack.request().form().hasPortableNames()) return list(pack.id(), offset, limit);
        var all = list(pack.id(), 0, Integer.MAX_VALUE);
        var renamed = PortableNames.of(all.stream().map(PackFile::entry).toList());
        return renamed.stream().skip(offset).limit(limit).map(PackFile::of).toList();
    }

    /// Entries of a pack in archive order, as they were in the download.
    public List<PackFile> list(String pack, int offset, int limit) {
        return database.reads()
                .sql("select * from pack_files where pack_id = ? order by n limit ? offset ?")
                .params(pack, limit, offset)
                .query((row, n) -> new PackFile(
                        row.getString("path"),
                        Entry.Kind.valueOf(row.getString("kind")),
                        row.getLong("size"),
                        Instant.ofEpochSecond(row.getLong("mtime_s"), row.getInt("mtime_ns")),
                        row.getInt("mode"),
                        row.getString("link_target")))
                .list();
    }

    /// The same as the plan had them, with what was packed at this place.
    List<Entry> entries(String pack, Path source) {
        var below = Objects.requireNonNull(source.getParent());
        return list(pack, 0, Integer.MAX_VALUE).stream()
                .map(file -> new Entry(
                        file.path(),
                        file.kind(),
                        below.resolve(file.path()),
                        file.size(),
                        file.modified(),
                        file.mode(),
                        file.linkTarget()))
                .toList();
    }

    /// Names the first thing that is not as it was when the pack was planned.
    ArchiveException firstDifference(String pack, List<Entry> now) {
        var then = list(pack, 0, Integer.MAX_VALUE);
        for (var i = 0; i < Math.min(then.size(), now.size()); i++)
            if (!then.get(i).describes(now.get(i))) return changed(now.get(i).name());
        if (then.size() == now.size())
            return new ArchiveException(
                    ArchiveException.Kind.REFUSED,
                    "Its files are as they were, but it would be packed in another form now: cancel this pack and send the"
                            + " download anew");
        return changed(
                then.size() > now.size()
                        ? then.get(now.size()).path()
                        : now.get(then.size()).name());
    }

    private static ArchiveException changed(String name) {
        return new ArchiveException(
                ArchiveException.Kind.SOURCE_CHANGED,
                "'" + name
                        + "' is no longer what it was when the pack was planned: cancel this pack and send the download anew");
    }
}
