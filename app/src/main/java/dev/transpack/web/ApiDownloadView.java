package dev.transpack.web;

import dev.transpack.browse.BrowseQuery.Status;
import dev.transpack.browse.Download;
import dev.transpack.packing.Pack;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A download as the API shows it.
///
/// @param bytes null while nobody has counted them
/// @param ready whether it can be packed; if not, `reason` says why
/// @param statuses all those it is found by, in the words of the list's `status`
/// @param doneFraction from 0 to 1
/// @param pack its newest pack that was not cancelled
record ApiDownloadView(
        String id,
        String name,
        String kind,
        @Nullable Long bytes,
        @Nullable Long files,
        boolean ready,
        @Nullable String reason,
        List<String> statuses,
        double doneFraction,
        @Nullable Instant doneAt,
        boolean torrent,
        boolean seeding,
        double ratio,
        List<String> labels,
        @Nullable PackOfIt pack) {

    /// Just enough of a pack to go on with it.
    record PackOfIt(String id, String state) {}

    static ApiDownloadView of(Download download, @Nullable Pack pack) {
        return new ApiDownloadView(
                download.id().value(),
                download.name(),
                ApiWords.of(download.kind()),
                known(download.content().bytes()),
                known(download.content().files()),
                download.readiness().ready(),
                download.readiness().ready() ? null : download.readiness().reason(),
                statuses(download),
                download.fraction(),
                download.doneAt().orElse(null),
                download.torrent().isPresent(),
                download.seeding(),
                download.ratio(),
                download.labels(),
                pack == null ? null : new PackOfIt(pack.id(), ApiWords.of(pack.state())));
    }

    private static List<String> statuses(Download download) {
        return Arrays.stream(Status.values())
                .filter(status -> status != Status.ALL && status.includes(download))
                .map(ApiWords::of)
                .toList();
    }

    private static @Nullable Long known(long count) {
        return count < 0 ? null : count;
    }
}
