package dev.transpack.librar;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts what an archive holds of its files into parts: their content as it is, or encrypted. Stretches come in the
/// archive's order, each once, either filled or skipped.
interface Contents {
    /// Fills a stretch of a buffer, up to its limit.
    ///
    /// @param entry whose, by its index in the plan
    /// @param offset of the first byte within what the archive holds of the file
    /// @throws ArchiveException SOURCE_CHANGED, SOURCE_UNREADABLE, or CLOSED
    Stretch fill(int entry, long offset, ByteBuffer target) throws ArchiveException, InterruptedException;

    /// Passes over a stretch that an accepted part holds.
    void skip(int entry, Fragment fragment);

    /// The bytes that a [Segment.Seal] stands for.
    ///
    /// @throws ArchiveException as [#fill]
    byte[] seal(int entry) throws ArchiveException, InterruptedException;

    /// The checksums of what was filled in.
    record Stretch(int crc32, Fragment.@Nullable Encrypted encrypted) {}

    /// Files as they are.
    record Plain(List<Entry> entries, SourceReader reader) implements Contents {
        @Override
        public Stretch fill(int entry, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
            return new Stretch(reader.read(entries.get(entry), offset, target), null);
        }

        @Override
        public void skip(int entry, Fragment fragment) {
            // a plain stretch does not depend on the one before it
        }

        @Override
        public byte[] seal(int entry) {
            throw new IllegalStateException("nothing follows a file that is stored as it is");
        }
    }
}
