package dev.transpack.purging;

import dev.transpack.browse.Downloads;
import dev.transpack.nodes.Nodes;
import dev.transpack.packing.PackFiles;
import dev.transpack.transmission.Transmission;
import java.time.InstantSource;

/// What purging works with, put together once: plans and the work look at the world through the same eyes.
///
/// @param stores a destination's store by its name
record PurgeParts(
        PurgePack.Rows rows,
        PackFiles files,
        KeptTorrents kept,
        Transmission transmission,
        Downloads downloads,
        PurgeStores stores) {

    PurgePlans plans(PurgeSettings settings, InstantSource clock) {
        var copy = new CopyCheck(rows, stores);
        return new PurgePlans(rows.links(), copy, source(clock), rows.records(), settings, clock);
    }

    PurgePack work(PurgePlans plans, InstantSource clock) {
        var removal = new SourceRemoval(transmission, downloads, source(clock), rows.packs(), files, kept);
        return new PurgePack(rows, plans, stores, removal, clock);
    }

    private SourceCheck source(InstantSource clock) {
        return new SourceCheck(transmission, downloads, new Nodes(rows.database(), clock), rows.packs(), files, clock);
    }
}
