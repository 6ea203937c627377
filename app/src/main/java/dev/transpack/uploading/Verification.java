package dev.transpack.uploading;

import dev.transpack.packing.Pack.Grade;
import dev.transpack.uploading.StoreException.Kind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// Looks at a completed volume and says how sure it is. STRONG when the destination itself checked every part on
/// arrival; otherwise the first and the last part are read back.
final class Verification {
    private static final int STRETCH = 1 << 20;

    private final Destination destination;
    private final Retries retries;

    Verification(Destination destination, Retries retries) {
        this.destination = destination;
        this.retries = retries;
    }

    /// @throws StoreException CORRUPT if the object is not what was sent
    Grade verify(ObjectKey key, List<AcceptedPart> parts) throws StoreException, InterruptedException {
        var size = parts.stream().mapToLong(AcceptedPart::size).sum();
        var found = retries.call(() -> destination.store().find(key));
        if (found.isEmpty()) throw corrupt(key, "it is not there after it was completed");
        if (found.get().size() != size)
            throw corrupt(key, "it has " + found.get().size() + " bytes instead of " + size);
        if (destination.enforcesPayloadHash()) return Grade.STRONG;
        var last = parts.getLast();
        compare(key, 0, parts.getFirst());
        if (parts.size() > 1) compare(key, size - last.size(), last);
        return Grade.SAMPLED;
    }

    private void compare(ObjectKey key, long offset, AcceptedPart part) throws StoreException, InterruptedException {
        var digest = Digests.newSha256();
        for (var done = 0; done < part.size(); done += STRETCH) update(digest, key, offset + done, part.size() - done);
        if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256()))
            throw corrupt(key, "part " + part.number() + " reads back with other content");
    }

    private void update(MessageDigest digest, ObjectKey key, long from, int left)
            throws StoreException, InterruptedException {
        var length = Math.min(STRETCH, left);
        digest.update(ByteBuffer.wrap(retries.call(() -> destination.store().read(key, from, length))));
    }

    private StoreException corrupt(ObjectKey key, String why) {
        return new StoreException(
                Kind.CORRUPT, destination.store().address() + "/" + key + " is damaged: " + why + ".");
    }
}
