package dev.transpack.uploading;

import dev.transpack.uploading.DestinationProbe.Check;
import dev.transpack.uploading.DestinationProbe.Result;
import java.time.InstantSource;
import java.util.List;

/// Looks at a destination for people: where it cannot be used at all, also whether the other way to write its addresses
/// helps.
public final class DestinationLook {
    private DestinationLook() {}

    /// Tries everything now.
    ///
    /// @throws StoreException REFUSED if neither settings nor environment say which region
    public static Result at(DestinationSettings destination, InstantSource clock)
            throws StoreException, InterruptedException {
        var result = probed(destination, clock);
        if (result.checks().size() > 1 || result.works()) return result;
        var other = otherStyle(destination);
        if (!probed(other, clock).checks().getFirst().works()) return result;
        return new Result(List.of(said(result.checks().getFirst(), other)), result.facts());
    }

    private static Result probed(DestinationSettings destination, InstantSource clock)
            throws StoreException, InterruptedException {
        try (var store = S3ObjectStore.open(destination)) {
            return DestinationProbe.run(store, destination.prefix(), clock);
        }
    }

    private static DestinationSettings otherStyle(DestinationSettings destination) {
        var address = destination.address();
        var other = new DestinationSettings.Address(
                address.endpoint(), address.publicEndpoint(), address.region(), !address.pathStyle());
        return new DestinationSettings(
                destination.name(),
                destination.bucket(),
                destination.prefix(),
                other,
                destination.keys(),
                destination.storage());
    }

    private static Check said(Check failed, DestinationSettings other) {
        var remedy = "it works with destinations." + other.name() + ".path-style: "
                + other.address().pathStyle() + ". Set that.";
        var kind = failed.failure() instanceof StoreException e ? e.kind() : StoreException.Kind.REFUSED;
        return new Check(failed.what(), new StoreException(kind, failed.problem() + " But " + remedy));
    }
}
