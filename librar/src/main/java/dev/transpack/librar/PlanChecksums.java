package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/// All checksums that the headers of a plan need, known once its bytes went by in a [PartStream]. With them a
/// [RangeReader] gives any bytes of the plan at once, also after a restart, and reads no file for its checksum.
///
/// Immutable. Kept as bytes they are four for each stretch of a file in a volume, four for each entry, and 37 more:
/// a version, the plan's fingerprint, so that they never serve for another plan, and a CRC32 of it all. An encrypted
/// plan has 16 more for each stretch, the block that its cipher goes on from: a RAR volume is then read without the
/// volumes before it. They tell nothing without the password but the files' own checksums.
public final class PlanChecksums {
    private static final byte VERSION = 1;
    private static final int FINGERPRINT = 32;
    private static final int AROUND = 1 + FINGERPRINT + Integer.BYTES;

    private final ArchivePlan plan;
    private final StreamChecksums all;

    private PlanChecksums(ArchivePlan plan, StreamChecksums all) {
        this.plan = plan;
        this.all = all;
    }

    /// Those of a stream that has ended.
    static PlanChecksums of(ArchivePlan plan, StreamChecksums passed) {
        var all = new StreamChecksums(plan);
        for (var i = 0; i < plan.segmentCount(); i++) {
            if (plan.segment(i) instanceof FileRange) {
                all.range(i, passed.range(i));
                if (plan.isEncrypted()) {
                    all.block(i, passed.blockHigh(i), passed.blockLow(i));
                }
            }
        }
        for (var i = 0; i < plan.entries().size(); i++) {
            all.entry(i, passed.entry(i));
        }
        return new PlanChecksums(plan, all);
    }

    /// Those that [#toBytes] gave.
    ///
    /// @throws ArchiveException REFUSED if they are of another plan, were damaged, or a newer version wrote them
    public static PlanChecksums read(ArchivePlan plan, byte[] bytes) throws ArchiveException {
        if (bytes.length < AROUND || bytes[0] != VERSION || crc32(bytes) != last(bytes)) {
            throw ArchiveException.refused("the checksums that were kept are damaged, or of another version");
        }
        if (!Arrays.equals(bytes, 1, 1 + FINGERPRINT, fingerprint(plan), 0, FINGERPRINT)) {
            throw ArchiveException.refused("the checksums that were kept are of other files");
        }
        try {
            return read(plan, ByteBuffer.wrap(bytes).position(1 + FINGERPRINT));
        } catch (BufferUnderflowException e) {
            throw new ArchiveException(ArchiveException.Kind.REFUSED, "the checksums that were kept are too few", e);
        }
    }

    /// To be kept. The same plan gives the same bytes.
    public byte[] toBytes() {
        var range = plan.isEncrypted() ? Integer.BYTES + 2 * Long.BYTES : Integer.BYTES;
        var bytes = ByteBuffer.allocate(
                AROUND + range * ranges() + Integer.BYTES * plan.entries().size());
        bytes.put(VERSION).put(fingerprint(plan));
        for (var i = 0; i < plan.segmentCount(); i++) {
            if (plan.segment(i) instanceof FileRange) {
                bytes.putInt(all.range(i));
                if (plan.isEncrypted()) {
                    bytes.putLong(all.blockHigh(i)).putLong(all.blockLow(i));
                }
            }
        }
        for (var i = 0; i < plan.entries().size(); i++) {
            bytes.putInt(all.entry(i));
        }
        return bytes.putInt(crc32(bytes.array())).array();
    }

    /// As a reader wants them; nobody changes them any more.
    StreamChecksums all() {
        return all;
    }

    private static PlanChecksums read(ArchivePlan plan, ByteBuffer bytes) {
        var all = new StreamChecksums(plan);
        for (var i = 0; i < plan.segmentCount(); i++) {
            if (plan.segment(i) instanceof FileRange) {
                all.range(i, bytes.getInt());
                if (plan.isEncrypted()) {
                    all.block(i, bytes.getLong(), bytes.getLong());
                }
            }
        }
        for (var i = 0; i < plan.entries().size(); i++) {
            all.entry(i, bytes.getInt());
        }
        return new PlanChecksums(plan, all);
    }

    private int ranges() {
        var ranges = 0;
        for (var i = 0; i < plan.segmentCount(); i++) {
            if (plan.segment(i) instanceof FileRange) {
                ranges++;
            }
        }
        return ranges;
    }

    private static byte[] fingerprint(ArchivePlan plan) {
        return HexFormat.of().parseHex(plan.fingerprint());
    }

    /// Of everything but the last four bytes.
    private static int crc32(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static int last(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
    }
}
