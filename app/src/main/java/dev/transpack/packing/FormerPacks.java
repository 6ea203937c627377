package dev.transpack.packing;

import dev.transpack.browse.DownloadId;
import dev.transpack.browse.NamedRoots;
import dev.transpack.browse.NamedRoots.Named;
import dev.transpack.database.Database;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Packs of folders that `downloads.shared` names since, or names otherwise: their downloads have another id now, and
/// their folders another name. They are given both, so that they are found as what they are: else a download that was
/// sent seems new, and its source could not be purged.
public final class FormerPacks {
    private final Database database;
    private final NamedRoots roots;

    public FormerPacks(Database database, NamedRoots roots) {
        this.database = database;
        this.roots = roots;
    }

    /// Where a pack was, as its row says.
    private record Row(
            String id,
            String download,
            Path source,
            @Nullable Named root,
            String name,
            @Nullable String infoHash) {

        /// Folders that its download may have been listed in.
        Stream<Path> folders() {
            var listed = root == null ? Stream.<Path>empty() : Stream.of(root.folder());
            return Stream.concat(Stream.ofNullable(source.getParent()), listed);
        }

        /// What its download may have been called there.
        Stream<String> names() {
            return Stream.of(String.valueOf(source.getFileName()), name, infoHash == null ? name : infoHash);
        }

        /// A path of whoever asked for the pack as it is here.
        Path local(Path path, @Nullable Path here) {
            return root == null || here == null
                    ? path
                    : here.resolve(root.folder().relativize(path)).normalize();
        }
    }

    /// What a pack's row is to say.
    private record Change(Row row, DownloadId download, Path source, Named shared) {}

    /// Does so once more; what is right already stays.
    public void follow() {
        if (!roots.shares()) return;
        var changes = database
                .reads()
                .sql("select id, download_id, source, root, root_folder, download_name, info_hash from packs")
                .query(FormerPacks::row)
                .list()
                .stream()
                .flatMap(row -> change(row).stream())
                .toList();
        if (!changes.isEmpty()) database.inTransaction(() -> changes.forEach(this::write));
    }

    private Optional<Change> change(Row row) {
        var here = row.root == null ? null : roots.folder(row.root.root()).orElse(null);
        if (row.root != null && here == null) return Optional.empty();
        var source = row.local(row.source, here);
        return roots.shared(source)
                .flatMap(shared -> row.folders()
                        .flatMap(folder -> row.names()
                                .flatMap(name ->
                                        roots.since(row.download, folder, row.local(folder, here), name).stream()))
                        .findFirst()
                        .map(now -> new Change(row, now, source, shared)));
    }

    /// Of a pack whose folder nobody noted nobody can say on which machine that was.
    private void write(Change change) {
        var row = change.row;
        database.writes()
                .sql("update packs set download_id = ? where id = ?")
                .params(change.download.value(), row.id)
                .update();
        if (row.root == null) return;
        database.writes()
                .sql("update packs set root = ?, root_folder = ?, source = ? where id = ?")
                .param(change.shared.root())
                .param(change.shared.folder().toString())
                .param(change.source.toString())
                .param(row.id)
                .update();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        var root = row.getString("root");
        return new Row(
                row.getString("id"),
                row.getString("download_id"),
                Path.of(row.getString("source")),
                root == null ? null : new Named(root, Path.of(row.getString("root_folder"))),
                row.getString("download_name"),
                row.getString("info_hash"));
    }
}
