package dev.transpack.web;

import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationFacts;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.SeenDestination;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A destination as the API shows it; without its keys.
///
/// @param type `s3` or `box`, of which only name and default are told
/// @param quotaBytes how much our packs may take there
/// @param usedBytes what they take, as the rows know; what packs on their way will add stands in `promisedBytes`
/// @param seen what was seen when somebody last looked; null: nobody has since its settings changed
record ApiDestinationView(
        String name,
        String type,
        boolean isDefault,
        @Nullable String bucket,
        @Nullable String prefix,
        @Nullable URI endpoint,
        @Nullable Boolean pathStyle,
        @Nullable Long quotaBytes,
        @Nullable Long usedBytes,
        @Nullable Long promisedBytes,
        @Nullable Seen seen) {

    /// @param problems one sentence for each thing that does not work
    record Seen(Instant at, boolean works, List<String> problems, DestinationFacts facts) {
        static Seen of(SeenDestination seen) {
            return new Seen(seen.at(), seen.works(), seen.problems(), seen.facts());
        }
    }

    static ApiDestinationView of(
            DestinationSettings settings, boolean isDefault, BucketUse.Used used, Optional<SeenDestination> seen) {
        var quota = settings.storage().quota();
        return new ApiDestinationView(
                settings.name(),
                "s3",
                isDefault,
                settings.bucket(),
                settings.prefix(),
                settings.address().endpoint(),
                settings.address().pathStyle(),
                quota == null ? null : quota.bytes(),
                used.stored(),
                used.promised(),
                seen.map(Seen::of).orElse(null));
    }

    static ApiDestinationView ofBox(String name, boolean isDefault) {
        return new ApiDestinationView(name, "box", isDefault, null, null, null, null, null, null, null, null);
    }
}
