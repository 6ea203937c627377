package dev.transpack.purging;

import dev.transpack.database.Database;
import dev.transpack.transmission.Torrent;
import java.sql.Types;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The one class that reads and writes rows of `kept_torrents`: what it takes to have a removed torrent again. Private:
/// a `.torrent` holds the passkey.
public final class KeptTorrents {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final InstantSource clock;

    public KeptTorrents(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Keeps it with a pack; what an earlier run kept is replaced, but a `.torrent` file never by none.
    void keep(String pack, Torrent torrent, Optional<byte[]> metainfo) {
        database.batch().update("""
                        insert into kept_torrents (pack_id, info_hash, name, download_dir, labels, torrent, kept_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (pack_id) do update set
                            info_hash = excluded.info_hash, name = excluded.name,
                            download_dir = excluded.download_dir, labels = excluded.labels,
                            torrent = coalesce(excluded.torrent, kept_torrents.torrent), kept_at = excluded.kept_at""", row -> {
            row.setString(1, pack);
            row.setString(2, torrent.hash().value());
            row.setString(3, torrent.name());
            row.setString(4, torrent.place().downloadDir());
            row.setString(5, JSON.writeValueAsString(torrent.labels()));
            if (metainfo.isPresent()) row.setBytes(6, metainfo.get());
            else row.setNull(6, Types.BINARY);
            row.setLong(7, clock.millis());
        });
    }
}
