package dev.transpack.space;

import dev.transpack.browse.Downloads;
import dev.transpack.packing.PackSettings;
import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.Destinations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows how much room there is. One look serves everybody who asks within a moment.
public final class Space {
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    private final SpaceSettings settings;
    private final PackSettings packs;
    private final Destinations destinations;
    private final BucketUse use;
    private final Downloads downloads;
    private final InstantSource clock;
    private volatile @Nullable Seen last;

    private record Seen(Instant at, SpaceReport report) {}

    /// The settings that say where things lie.
    record Places(SpaceSettings space, PackSettings packs, Destinations destinations) {}

    Space(Places places, BucketUse use, Downloads downloads, InstantSource clock) {
        this.settings = places.space();
        this.packs = places.packs();
        this.destinations = places.destinations();
        this.use = use;
        this.downloads = downloads;
        this.clock = clock;
    }

    /// As it is now, or was a moment ago.
    public SpaceReport report() {
        var seen = last;
        var now = clock.instant();
        if (seen != null && now.isBefore(seen.at.plus(A_MOMENT)) && !now.isBefore(seen.at)) return seen.report;
        var report = measure();
        last = new Seen(now, report);
        return report;
    }

    /// The disk that downloads lie on, for information; empty when nobody can say.
    public Optional<Disk> downloads() {
        return downloads
                .space()
                .map(room -> new Disk(Disk.Use.DOWNLOADS, room.folder(), room.free(), room.total(), false));
    }

    private SpaceReport measure() {
        var disks = Disks.of(settings, packs.stagingDir());
        var buckets = destinations.all().stream()
                .flatMap(each -> bucket(each).stream())
                .toList();
        return new SpaceReport(disks, buckets, settings.diskLow());
    }

    private Optional<SpaceReport.Bucket> bucket(DestinationSettings destination) {
        return Optional.ofNullable(destination.storage().quota())
                .map(quota -> new SpaceReport.Bucket(destination.name(), use.of(destination.name()), quota.bytes()));
    }
}
