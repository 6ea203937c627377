package dev.transpack.packing;

import dev.transpack.database.Database;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Of each download of this machine the newest pack that was not cancelled, by the download's id. A download of another
/// machine may have the same one.
public final class LatestPacks {
    private static final String EACH = """
            select * from (
                select p.*, row_number() over
                    (partition by download_id, root order by created_at desc, id desc) as rank
                from packs p where state <> 'CANCELLED' %s) ranked
            where rank = 1 order by created_at, id""";

    private final Database database;
    private final PackColumns columns;

    /// @param folders where a root is on this machine
    public LatestPacks(Database database, Function<String, Optional<Path>> folders) {
        this.database = database;
        this.columns = new PackColumns(folders);
    }

    /// Of every download that has one.
    public Map<String, Pack> all() {
        return byDownload(
                database.reads().sql(EACH.formatted("")).query(columns::pack).list());
    }

    /// Of these downloads.
    public Map<String, Pack> of(Collection<String> downloads) {
        if (downloads.isEmpty()) return Map.of();
        return byDownload(database.reads()
                .sql(EACH.formatted("and download_id in (:downloads)"))
                .param("downloads", downloads)
                .query(columns::pack)
                .list());
    }

    private Map<String, Pack> byDownload(List<Pack> packs) {
        var latest = new HashMap<String, Pack>();
        packs.stream()
                .filter(columns::isHere)
                .forEach(pack -> latest.put(pack.origin().downloadId(), pack));
        return latest;
    }
}
