package dev.transpack.packing;

import dev.transpack.browse.NamedRoots.Named;
import dev.transpack.database.Columns;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A pack out of a row of `packs`, for [Packs].
final class PackColumns {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Function<String, Optional<Path>> folders;

    /// @param folders where a root is on this machine
    PackColumns(Function<String, Optional<Path>> folders) {
        this.folders = folders;
    }

    Pack pack(ResultSet row, int n) throws SQLException {
        var grade = row.getString("grade");
        return new Pack(
                row.getString("id"),
                row.getString("name"),
                PackState.valueOf(row.getString("state")),
                row.getString("error"),
                origin(row),
                JSON.readValue(row.getString("request"), PackRequest.class),
                row.getString("destination"),
                row.getBoolean("on_box"),
                new Pack.Contents(
                        row.getString("fingerprint"),
                        row.getLong("source_bytes"),
                        row.getLong("total_bytes"),
                        row.getLong("files"),
                        new LeftOut(row.getLong("left_out_files"), row.getLong("left_out_bytes")),
                        row.getLong("warnings")),
                grade == null ? null : Pack.Grade.valueOf(grade),
                times(row),
                verified(row));
    }

    /// Whether a pack's files are on this machine, or nobody noted where they are.
    boolean isHere(Pack pack) {
        var root = pack.origin().rootName();
        return root == null || folders.apply(root).isPresent();
    }

    private Pack.Origin origin(ResultSet row) throws SQLException {
        var source = Path.of(row.getString("source"));
        var name = row.getString("root");
        var root = name == null ? null : new Named(name, Path.of(row.getString("root_folder")));
        var here = root == null ? Optional.<Path>empty() : folders.apply(root.root());
        if (root != null && here.isPresent()) {
            source = here.get().resolve(root.folder().relativize(source));
            root = new Named(root.root(), here.get());
        }
        return new Pack.Origin(
                row.getString("download_id"), row.getString("download_name"), source, row.getString("info_hash"), root);
    }

    private static Pack.Times times(ResultSet row) throws SQLException {
        return new Pack.Times(
                row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Columns.instant(row, "sealed_at"),
                Columns.instant(row, "home_at"),
                row.getString("home_by"),
                Columns.instant(row, "source_purged_at"),
                Columns.instant(row, "bucket_purged_at"));
    }

    private static Pack.@Nullable Verified verified(ResultSet row) throws SQLException {
        var at = Columns.instant(row, "verified_at");
        if (at == null) return null;
        var how = Pack.Verified.How.valueOf(row.getString("verified_how"));
        return new Pack.Verified(at, how, row.getString("verified_by"), row.getString("damage"));
    }
}
