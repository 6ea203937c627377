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
/// Memory: the recovery slices, their number rounded up to a multiple of four. One thread at a time.
public final class RecoveryData {
    /// Even, and small enough that every digest finds the bytes in the processor's cache.
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
    private final byte[] bite = new byte[BITE];
    private int bitten;
    private int inSlice;
    private long done;
    /// Once the last byte was added.
    private @Nullable RecoveryPackets packets;

    /// The set of a volume of which no byte was added yet.
    RecoveryData(RecoverySet set) {
        this.set = set;
        this.sliceSize = Math.toIntExact(set.sliceSize());
        this.recovery = new RecoverySlices(set.recoverySlices(), sliceSize);
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
        if (done + bitten + bytes.remaining() > set.volumeLength()) {
            throw new IllegalStateException("more bytes than " + set.volumeName() + " has: " + set.volumeLength());
        }
        while (bytes.hasRemaining()) {
            var length = Math.min(bytes.remaining(), room());
            bytes.get(bite, bitten, length);
            bitten += length;
            if (room() == 0) {
                swallow();
            }
        }
        if (packets == null && done + bitten == set.volumeLength()) {
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

    private int room() {
        return Math.min(BITE, sliceSize - inSlice) - bitten;
    }

    private void swallow() {
        if (bitten == 0) {
            return;
        }
        if (inSlice == 0) {
            recovery.nextSlice();
        }
        if (done < BEGINNING) {
            beginning.update(bite, 0, (int) Math.min(bitten, BEGINNING - done));
        }
        whole.update(bite, 0, bitten);
        sliceMd5.update(bite, 0, bitten);
        sliceCrc.update(bite, 0, bitten);
        if (bitten % 2 != 0) { // the volume's last
            bite[bitten] = 0;
        }
        recovery.add(bite, inSlice, bitten + bitten % 2);
        done += bitten;
        inSlice += bitten;
        bitten = 0;
        if (inSlice == sliceSize) {
            endSlice();
        }
    }

    private void endSlice() {
        sliceChecksums.bytes(sliceMd5.digest()).u32(sliceCrc.getValue());
        sliceCrc.reset();
        inSlice = 0;
    }

    /// The last slice counts as if zeros followed it.
    private RecoveryPackets end() {
        swallow();
        if (inSlice > 0) {
            Arrays.fill(bite, (byte) 0);
            while (inSlice < sliceSize) {
                var zeros = Math.min(BITE, sliceSize - inSlice);
                sliceMd5.update(bite, 0, zeros);
                sliceCrc.update(bite, 0, zeros);
                inSlice += zeros;
            }
            endSlice();
        }
        return new RecoveryPackets(set, whole.digest(), beginning.digest(), sliceChecksums.toArray());
    }

    private RecoveryPackets packets() {
        if (packets == null) {
            throw new IllegalStateException(
                    "only " + (done + bitten) + " bytes of " + set.volumeName() + " were added: " + set.volumeLength());
        }
        return packets;
    }
}
