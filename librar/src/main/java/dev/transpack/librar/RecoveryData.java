package dev.transpack.librar;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The PAR2 set of one volume: its two files, to be read as often as need be. The same bytes give the same set.
///
/// Memory: the recovery slices, their number rounded up to a multiple of four, and eight slices of the volume, or as
/// many as 16 MiB hold. One thread at a time.
public final class RecoveryData {
    /// Small enough that every digest finds the bytes in the processor's cache.
    private static final int BITE = 16 * 1024;
    private static final int STRETCH = 256 * 1024;
    /// Of how many bytes the description holds a digest of their own.
    private static final int BEGINNING = 16 * 1024;

    private final RecoverySet set;
    private final int sliceSize;
    private final RecoverySlices recovery;
    private final MessageDigest whole = RecoveryPackets.newMd5();
    private final MessageDigest beginning = RecoveryPackets.newMd5();
    private final MessageDigest sliceMd5 = RecoveryPackets.newMd5();
    private final CRC32 sliceCrc = new CRC32();
    private final ByteWriter sliceChecksums = new ByteWriter();
    /// Slices that are not in the recovery slices yet.
    private final byte[] slices;
    private int filled;
    private int inSlice;
    private long done;
    /// Once the last byte was added.
    private @Nullable RecoveryPackets packets;

    /// The set of a volume of which no byte was added yet.
    RecoveryData(RecoverySet set) {
        this.set = set;
        this.sliceSize = Math.toIntExact(set.sliceSize());
        this.recovery = new RecoverySlices(set.recoverySlices(), sliceSize);
        this.slices = new byte[Math.min(recovery.atOnce(), set.slices()) * sliceSize];
    }

    /// The set of a volume that is read from its beginning to its end.
    ///
    /// @throws ArchiveException as [RangeReader#read] does
    static RecoveryData of(RecoverySet set, RangeReader reader, int volume)
            throws ArchiveException, InterruptedException {
        var data = new RecoveryData(set);
        var buffer = ByteBuffer.allocateDirect((int) Math.min(STRETCH, set.volumeLength()));
        for (var at = 0L; at < set.volumeLength(); at += buffer.limit()) {
            reader.read(volume, at, buffer.clear());
            data.add(buffer.flip());
        }
        return data;
    }

    /// Takes the volume's next bytes.
    ///
    /// @throws IllegalStateException if these are more than the volume has
    void add(ByteBuffer bytes) {
        if (done + bytes.remaining() > set.volumeLength()) {
            throw new IllegalStateException("more bytes than " + set.volumeName() + " has: " + set.volumeLength());
        }
        while (bytes.hasRemaining()) {
            var length = Math.min(Math.min(bytes.remaining(), BITE), sliceSize - inSlice);
            bytes.get(slices, filled, length);
            if (done < BEGINNING) {
                beginning.update(slices, filled, (int) Math.min(length, BEGINNING - done));
            }
            whole.update(slices, filled, length);
            done += length;
            swallow(length);
        }
        if (packets == null && done == set.volumeLength()) {
            packets = end();
        }
    }

    /// The bytes of the index; as many as the plan says.
    ///
    /// @throws IllegalStateException if bytes of the volume are missing
    public InputStream index() {
        return new ByteArrayInputStream(packets().common());
    }

    /// The bytes of the file with the recovery slices; as many as the plan says.
    ///
    /// @throws IllegalStateException if bytes of the volume are missing
    @SuppressWarnings("JdkObsolete") // SequenceInputStream knows nothing newer
    public InputStream recovery() {
        var slices = IntStream.range(0, recovery.count()).mapToObj(this::slice).iterator();
        var following = new Enumeration<InputStream>() {
            @Override
            public boolean hasMoreElements() {
                return slices.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return slices.next();
            }
        };
        return new SequenceInputStream(index(), new SequenceInputStream(following));
    }

    private InputStream slice(int exponent) {
        var data = recovery.slice(exponent);
        var before = packets().beforeSlice(exponent, data);
        return new SequenceInputStream(new ByteArrayInputStream(before), new ByteArrayInputStream(data));
    }

    /// Takes what was put behind the bytes before into the slice.
    private void swallow(int length) {
        sliceMd5.update(slices, filled, length);
        sliceCrc.update(slices, filled, length);
        filled += length;
        inSlice += length;
        if (inSlice == sliceSize) {
            endSlice();
        }
    }

    private void endSlice() {
        sliceChecksums.bytes(sliceMd5.digest()).u32(sliceCrc.getValue());
        sliceCrc.reset();
        inSlice = 0;
        if (filled == slices.length) {
            endSlices();
        }
    }

    private void endSlices() {
        recovery.add(slices, filled / sliceSize);
        filled = 0;
    }

    /// The last slice counts as if zeros followed it.
    private RecoveryPackets end() {
        if (inSlice > 0) {
            var zeros = sliceSize - inSlice;
            Arrays.fill(slices, filled, filled + zeros, (byte) 0);
            swallow(zeros);
        }
        endSlices();
        return new RecoveryPackets(set, whole.digest(), beginning.digest(), sliceChecksums.toArray());
    }

    private RecoveryPackets packets() {
        if (packets == null) {
            throw new IllegalStateException(
                    "only " + done + " bytes of " + set.volumeName() + " were added: " + set.volumeLength());
        }
        return packets;
    }
}
