package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Seal;
import java.util.Arrays;

/// Cuts an archive that knows nothing of volumes into volumes of one size, wherever the cuts fall, headers included.
/// So ZIP and TAR are split (`.zip.001`; format section 3).
final class ByteSplit {
    private final Layout layout = new Layout();
    private final long volumeSize;
    private long position;

    ByteSplit(long volumeSize) {
        this.volumeSize = volumeSize;
    }

    /// Bytes so far, over all volumes.
    long position() {
        return position;
    }

    /// Bytes that are made up. They may wait in two volumes, never in three.
    ///
    /// @throws ArchiveException REFUSED if a volume is shorter than they are
    void header(Header header) throws ArchiveException {
        if (header.length() > volumeSize) {
            throw ArchiveException.refused("a volume of " + volumeSize + " bytes cannot hold a header of "
                    + header.length() + " bytes: choose a volume size of at least as many");
        }
        for (long take, from = 0; from < header.length(); from += take) {
            take = Math.min(header.length() - from, room());
            add(take == header.length() ? header : slice(header, (int) from, (int) take));
        }
    }

    /// A whole file, which may be empty.
    void file(int entry, long size) throws ArchiveException {
        for (long take, from = 0; from < size; from += take) {
            take = Math.min(size - from, room());
            add(new FileRange(entry, from, take));
        }
    }

    /// What stands behind a whole file, if anything does.
    void seal(int entry, int length) throws ArchiveException {
        for (int take, from = 0; from < length; from += take) {
            take = (int) Math.min(length - from, room());
            add(new Seal(entry, from, take));
        }
    }

    /// What was added, when nothing more is.
    Layout done() {
        return layout;
    }

    private void add(Segment segment) {
        layout.add(segment);
        position += segment.length();
    }

    private long room() throws ArchiveException {
        if (layout.volumes() == 0 || layout.used() == volumeSize) {
            layout.openVolume();
        }
        return volumeSize - layout.used();
    }

    private static Header slice(Header whole, int from, int length) {
        var rendering = whole.rendering();
        return new Header(length, whole.needs(), crc -> Arrays.copyOfRange(rendering.render(crc), from, from + length));
    }
}
