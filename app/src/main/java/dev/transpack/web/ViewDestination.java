package dev.transpack.web;

import dev.transpack.uploading.BucketUse;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.DestinationWords;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.SeenDestination;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A destination as its page shows it.
///
/// @param address `s3://bucket/prefix/`
/// @param used what is there; what packs on their way will add is `promised`
/// @param quota 0: none
/// @param state a key under `destination.state`: `WORKS`, `BROKEN` or `UNSEEN`
/// @param facts what was seen, a sentence each
public record ViewDestination(
        String name,
        String address,
        String service,
        long used,
        long promised,
        long quota,
        String state,
        @Nullable Instant at,
        List<String> problems,
        List<String> facts) {

    static ViewDestination of(DestinationSettings settings, BucketUse.Used used, Optional<SeenDestination> last) {
        var quota = settings.storage().quota();
        var endpoint = settings.address().endpoint();
        return new ViewDestination(
                settings.name(),
                "s3://" + settings.bucket() + "/" + ObjectKey.start(settings.prefix()),
                (endpoint == null ? "" : endpoint + ", ") + DestinationWords.style(settings),
                used.stored(),
                used.promised(),
                quota == null ? 0 : quota.bytes(),
                last.map(seen -> seen.works() ? "WORKS" : "BROKEN").orElse("UNSEEN"),
                last.map(SeenDestination::at).orElse(null),
                last.map(SeenDestination::problems).orElse(List.of()),
                last.filter(SeenDestination::works)
                        .map(SeenDestination::facts)
                        .map(facts -> List.of(DestinationWords.proof(facts), DestinationWords.rest(facts)))
                        .orElse(List.of()));
    }
}
