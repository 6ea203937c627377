package dev.transpack.web;

import dev.transpack.jobs.Jobs;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.purging.PurgeRecords;
import dev.transpack.purging.PurgeSummary;
import dev.transpack.uploading.Destinations;
import dev.transpack.uploading.PackVolumes;
import dev.transpack.verifying.Verifications;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts a pack together with the job and the parts that say how far it is.
@Component
class PackViews {
    private static final int PURGES = 20;

    private final Jobs jobs;
    private final PackVolumes volumes;
    private final PurgeRecords purges;
    private final Verifications verifications;
    private final Destinations destinations;

    PackViews(
            Jobs jobs,
            PackVolumes volumes,
            PurgeRecords purges,
            Verifications verifications,
            Destinations destinations) {
        this.jobs = jobs;
        this.verifications = verifications;
        this.volumes = volumes;
        this.purges = purges;
        this.destinations = destinations;
    }

    /// A pack on its own page.
    ViewPack whole(Pack pack) {
        return ViewPack.of(
                pack,
                jobs.latest(pack.id()),
                ViewPack.moving(pack.state()) ? volumes.parts(pack.id()) : PackVolumes.Parts.NONE);
    }

    /// Where a pack goes, written out; its bare name when it is not configured any more.
    String destination(Pack pack) {
        if (pack.onBox()) return pack.destination() + " · served from here";
        return destinations
                .find(pack.destination())
                .map(to -> to.name() + " · s3://" + to.bucket() + (to.prefix().isEmpty() ? "" : "/" + to.prefix()))
                .orElse(pack.destination());
    }

    /// Whether a pack is what was sealed; null of one that is not ready.
    @Nullable
    ViewVerification verification(Pack pack) {
        return pack.state() == PackState.READY ? ViewVerification.of(pack, verifications.newest(pack.id())) : null;
    }

    /// The last purges of a pack, the newest first.
    List<ViewPurge> purges(Pack pack) {
        var all = purges.of(pack.id(), PURGES);
        var latest = jobs.latest(all.stream().map(PurgeSummary::id).toList());
        return all.stream()
                .map(purge -> ViewPurge.of(purge, Optional.ofNullable(latest.get(purge.id()))))
                .toList();
    }

    /// All jobs there are, by kind and state.
    List<Jobs.Tally> tallies() {
        return jobs.tallies();
    }

    /// Packs in a list, in their order: only those that move are looked up further, all at once.
    List<ViewPack> listed(List<Pack> packs) {
        var moving = ViewPack.moving(packs);
        var latest = jobs.latest(moving);
        var parts = volumes.parts(moving);
        return packs.stream()
                .map(pack -> ViewPack.of(
                        pack,
                        Optional.ofNullable(latest.get(pack.id())),
                        parts.getOrDefault(pack.id(), PackVolumes.Parts.NONE)))
                .toList();
    }
}
