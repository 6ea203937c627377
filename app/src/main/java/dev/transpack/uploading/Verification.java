package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import java.util.List;

/// Looks at a completed volume and says how sure it is. STRONG when the destination itself checked every part on
/// arrival; otherwise the first and the last part are read back.
final class Verification {
    private final Destination destination;
    private final ReadBack readBack;

    Verification(Destination destination, Retries retries) {
        this.destination = destination;
        this.readBack = new ReadBack(destination.store(), retries);
    }

    /// @param resumed whether an earlier run sent some of the parts
    /// @throws StoreException CORRUPT if the object is not what was sent
    Grade verify(ObjectKey key, List<AcceptedPart> parts, boolean resumed) throws StoreException, InterruptedException {
        var size = parts.stream().mapToLong(AcceptedPart::size).sum();
        readBack.checkSize(key, size);
        if (destination.facts().provesParts(resumed)) return Grade.STRONG;
        var last = parts.getLast();
        compare(key, 0, parts.getFirst());
        if (parts.size() > 1) compare(key, size - last.size(), last);
        return Grade.SAMPLED;
    }

    private void compare(ObjectKey key, long offset, AcceptedPart part) throws StoreException, InterruptedException {
        readBack.compare(key, new ReadBack.Stretch(part.number(), offset, part.size(), part.sha256()));
    }
}
