package dev.transpack.librar;

import java.nio.charset.StandardCharsets;

/// The PAR2 set of one volume before a byte of it is read: what its two files are called and how long they are.
/// The index holds the checksums alone; the other file holds them again, and the slices that mend the volume.
///
/// Layout: Parity Volume Set Specification 2.0. A function of its arguments, as the bytes are.
///
/// @param volumeName the file that is protected
/// @param volumeLength its bytes; at least 1
/// @param percent how much of the volume may be lost and still be mended; 1 to 100
record RecoverySet(String volumeName, long volumeLength, int percent) {
    /// A set is held in memory while it is made.
    private static final long MOST_RECOVERY_BYTES = 256L << 20;
    /// Bytes of a file name on the usual file systems.
    private static final int LONGEST_NAME = 255;
    /// So small a slice costs more in checksums than it saves.
    private static final int SMALLEST_SLICE = 4096;

    /// @throws IllegalArgumentException if an argument is out of its range
    RecoverySet {
        if (volumeName.isEmpty()) {
            throw new IllegalArgumentException("a volume without a name");
        }
        if (volumeLength < 1) {
            throw new IllegalArgumentException("'" + volumeName + "' has " + volumeLength + " bytes");
        }
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("recovery of " + percent + " percent: choose 1 to 100");
        }
    }

    /// The set of a volume, if there is memory for it.
    ///
    /// @throws ArchiveException REFUSED if the recovery data of the volume is more than 256 MiB
    static RecoverySet of(Volume volume, int percent) throws ArchiveException {
        var set = new RecoverySet(volume.name(), volume.length(), percent);
        if (set.recoveryName()
                        .substring(set.recoveryName().lastIndexOf('/') + 1)
                        .getBytes(StandardCharsets.UTF_8)
                        .length
                > LONGEST_NAME) {
            throw ArchiveException.refused("'" + volume.name()
                    + "' has so long a name that none is left for its recovery data: rename it, or leave recovery out");
        }
        if (RecoverySlices.inMemory(set.recoverySlices()) * set.sliceSize() > MOST_RECOVERY_BYTES) {
            throw ArchiveException.refused("recovery data of " + percent + " % for '" + volume.name()
                    + "' is more than 256 MiB: choose a smaller volume size or less recovery data");
        }
        return set;
    }

    /// What the index is called: the volume's name and `.par2`.
    String indexName() {
        return volumeName + ".par2";
    }

    /// Bytes of the index.
    long indexLength() {
        return RecoveryPackets.mainLength()
                + RecoveryPackets.descriptionLength(utf8Name())
                + RecoveryPackets.checksumsLength(slices())
                + RecoveryPackets.creatorLength();
    }

    /// What the file with the recovery slices is called: `.vol0+N.par2` behind the volume's name.
    String recoveryName() {
        return volumeName + ".vol0+" + recoverySlices() + ".par2";
    }

    /// Bytes of the file with the recovery slices.
    long recoveryLength() {
        return indexLength() + recoverySlices() * RecoveryPackets.sliceLength(sliceSize());
    }

    /// Bytes of a slice, of which the last may be padded; a multiple of 4 as the specification wants.
    long sliceSize() {
        var wanted = Math.max(Math.ceilDiv(volumeLength, mostSlices()), Math.min(volumeLength, SMALLEST_SLICE));
        return Math.ceilDiv(wanted, 4L) * 4;
    }

    /// How many slices the volume has.
    int slices() {
        return Math.toIntExact(Math.ceilDiv(volumeLength, sliceSize()));
    }

    /// How many slices may be damaged and still be mended.
    int recoverySlices() {
        return Math.ceilDiv(percent * slices(), 100);
    }

    /// What the set calls the volume: without folders, for it lies beside it.
    byte[] utf8Name() {
        var name = volumeName.substring(volumeName.lastIndexOf('/') + 1);
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /// Work grows with the recovery slices, so that more per cent are cut into fewer: 5 to 20 up to 20 %.
    private int mostSlices() {
        return Math.clamp(2_000 / percent, 100, 500);
    }
}
