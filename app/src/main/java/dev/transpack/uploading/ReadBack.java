package dev.transpack.uploading;

import dev.transpack.uploading.StoreException.Kind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Reads objects again and compares them with what was sent, a stretch of a few MiB in memory at a time. May be used
/// from many threads at once.
public final class ReadBack {
    private static final int AT_ONCE = 2 << 20;

    private final ObjectStore store;
    private final Retries retries;

    public ReadBack(ObjectStore store, Retries retries) {
        this.store = store;
        this.retries = retries;
    }

    /// A part of an object.
    ///
    /// @param number of the part, from 1
    /// @param offset within the object
    /// @param sha256 what it had when it was sent, 64 hexadecimal digits
    public record Stretch(int number, long offset, long size, String sha256) {}

    /// The SHA-256 of bytes that come one after the other.
    public static final class Sum {
        private final MessageDigest digest = Digests.newSha256();

        /// Takes what remains in the buffer.
        public void add(ByteBuffer bytes) {
            digest.update(bytes);
        }

        /// 64 hexadecimal digits; nothing is added after that.
        public String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /// Looks whether the object is there and has this many bytes.
    ///
    /// @throws StoreException CORRUPT if not
    void checkSize(ObjectKey key, long size) throws StoreException, InterruptedException {
        var found = retries.call(() -> store.find(key));
        if (found.isEmpty()) throw corrupt(key, "it is not there after it was completed");
        if (found.get().size() != size)
            throw corrupt(key, "it has " + found.get().size() + " bytes instead of " + size);
    }

    /// Reads one part.
    ///
    /// @throws StoreException CORRUPT if it has other bytes
    public void compare(ObjectKey key, Stretch part) throws StoreException, InterruptedException {
        var sum = new Sum();
        for (var done = 0L; done < part.size(); done += AT_ONCE)
            sum.add(ByteBuffer.wrap(read(key, part.offset() + done, part.size() - done)));
        if (!sum.sha256().equals(part.sha256()))
            throw corrupt(key, "part " + part.number() + " reads back with other content");
    }

    /// A whole object, which is small.
    ///
    /// @param size it has
    /// @throws StoreException CORRUPT if it has fewer bytes
    public byte[] whole(ObjectKey key, int size) throws StoreException, InterruptedException {
        var all = new byte[size];
        for (var done = 0; done < size; ) {
            var some = read(key, done, (long) size - done);
            System.arraycopy(some, 0, all, done, some.length);
            done += some.length;
        }
        return all;
    }

    private byte[] read(ObjectKey key, long from, long left) throws StoreException, InterruptedException {
        var length = (int) Math.min(AT_ONCE, left);
        return retries.call(() -> store.read(key, from, length));
    }

    private StoreException corrupt(ObjectKey key, String why) {
        return new StoreException(Kind.CORRUPT, store.address() + "/" + key + " is damaged: " + why + ".");
    }
}
