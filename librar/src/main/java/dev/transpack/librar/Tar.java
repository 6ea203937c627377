package dev.transpack.librar;

import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Needs;
import java.util.List;

/// The TAR planner, pax interchange format (POSIX.1-2017, pax): no header needs a checksum of what follows it.
final class Tar {
    private static final Needs NOTHING = new Needs.Nothing();
    /// Two empty blocks end an archive.
    private static final int END = 2 * TarHeader.BLOCK;

    private Tar() {}

    static Layout plan(List<Entry> entries, long volumeSize) throws ArchiveException {
        var split = new ByteSplit(volumeSize);
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            split.header(new Header(TarHeader.length(entry), NOTHING, crc -> TarHeader.render(entry)));
            split.file(i, entry.size());
            zeros(split, TarHeader.padding(entry.size()));
        }
        zeros(split, END);
        return split.done();
    }

    private static void zeros(ByteSplit split, int length) throws ArchiveException {
        split.header(new Header(length, NOTHING, crc -> new byte[length]));
    }
}
