package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Needs;

/// The checksums of a plan as its parts pass by: of each file range, and of each file across its ranges.
final class StreamChecksums {
    private final ArchivePlan plan;
    private final int[] segmentCrc;
    private final long[] segmentDone;
    private final int[] entryCrc;
    private final long[] entryDone;
    /// The last encrypted block that begins in or before a range, in two halves; none of a plan that is not encrypted.
    private final long[] blockHigh;
    private final long[] blockLow;

    StreamChecksums(ArchivePlan plan) {
        this.plan = plan;
        segmentCrc = new int[plan.segmentCount()];
        segmentDone = new long[plan.segmentCount()];
        entryCrc = new int[plan.entries().size()];
        entryDone = new long[plan.entries().size()];
        blockHigh = new long[plan.isEncrypted() ? plan.segmentCount() : 0];
        blockLow = new long[blockHigh.length];
    }

    /// Takes the next fragment of a file range, read now or known from before. Fragments come in order.
    void add(FileRange range, Fragment fragment) {
        var segment = fragment.segment();
        segmentCrc[segment] = Checksums.crc32Combine(segmentCrc[segment], fragment.crc32(), fragment.length());
        segmentDone[segment] += fragment.length();
        var entry = range.entry();
        entryCrc[entry] = Checksums.crc32Combine(entryCrc[entry], fragment.plainCrc32(), fragment.plainLength());
        entryDone[entry] += fragment.plainLength();
        var encrypted = fragment.encrypted();
        if (encrypted != null) {
            block(segment, encrypted.blockHigh(), encrypted.blockLow());
        }
    }

    /// Takes the checksum of a whole range that was known before.
    void range(int segment, int crc32) {
        segmentCrc[segment] = crc32;
        segmentDone[segment] = plan.segment(segment).length();
    }

    /// Takes the last encrypted block that begins in or before a range.
    void block(int segment, long high, long low) {
        blockHigh[segment] = high;
        blockLow[segment] = low;
    }

    long blockHigh(int segment) {
        return blockHigh[segment];
    }

    long blockLow(int segment) {
        return blockLow[segment];
    }

    /// The CRC32 of a whole range.
    ///
    /// @throws IllegalStateException if it has not passed by yet
    int range(int segment) {
        if (!knowsSegment(segment)) {
            throw new IllegalStateException("'" + plan.nameBehind(segment - 1) + "' was not read to its end yet");
        }
        return segmentCrc[segment];
    }

    /// Takes the checksum of a whole file that was known before.
    void entry(int entry, int crc32) {
        entryCrc[entry] = crc32;
        entryDone[entry] = plan.entries().get(entry).size();
    }

    boolean knows(Needs needs) {
        return switch (needs) {
            case Needs.Nothing() -> true;
            case Needs.RangeCrc(var segment) -> knowsSegment(segment);
            case Needs.EntryCrc(var entry) -> knowsEntry(entry);
        };
    }

    int value(Needs needs) {
        return switch (needs) {
            case Needs.Nothing() -> 0;
            case Needs.RangeCrc(var segment) -> segmentCrc[segment];
            case Needs.EntryCrc(var entry) -> entryCrc[entry];
        };
    }

    /// The CRC32 of a whole file.
    ///
    /// @throws IllegalStateException if it has not passed by yet
    int entry(int entry) {
        if (!knowsEntry(entry)) {
            throw new IllegalStateException("'" + plan.entries().get(entry).name() + "' was not read to its end yet");
        }
        return entryCrc[entry];
    }

    /// Whether all of a range has passed by.
    boolean knowsSegment(int segment) {
        return segmentDone[segment] == plan.segment(segment).length();
    }

    private boolean knowsEntry(int entry) {
        return entryDone[entry] == plan.entries().get(entry).size();
    }
}
