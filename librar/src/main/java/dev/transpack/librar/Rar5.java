package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Needs;
import java.util.List;
import java.util.function.Supplier;

/// The RAR5-compatible planner, store mode: where each header and each piece of a file lies (format section 2).
final class Rar5 {
    private static final Needs NOTHING = new Needs.Nothing();

    private final List<Entry> entries;
    private final long volumeSize;
    private final Rar5Header.Widths widths;
    private final Layout layout = new Layout();

    private Rar5(List<Entry> entries, long volumeSize) {
        this.entries = entries;
        this.volumeSize = volumeSize;
        this.widths = new Rar5Header.Widths(ByteWriter.vintLength(volumeSize));
    }

    static Layout plan(List<Entry> entries, long volumeSize) throws ArchiveException {
        return new Rar5(entries, volumeSize).plan();
    }

    private Layout plan() throws ArchiveException {
        open();
        for (var i = 0; i < entries.size(); i++) {
            place(i, entries.get(i));
        }
        layout.add(made(Rar5Header.END_LENGTH, Rar5Header::lastEnd));
        if (layout.volumes() == 1) {
            layout.replace(0, made(Rar5Header.startLength(0), Rar5Header::singleStart));
        }
        return layout;
    }

    private void open() throws ArchiveException {
        var volume = layout.openVolume();
        layout.add(made(Rar5Header.startLength(volume), () -> Rar5Header.start(volume)));
    }

    private void place(int index, Entry entry) throws ArchiveException {
        var header = widths.headerLength(entry);
        var offset = 0L;
        do {
            var rest = entry.size() - offset;
            var room = roomFor(entry, header, Math.min(rest, 1));
            var take = Math.min(rest, room);
            layout.add(fileHeader(index, entry, header, offset, take));
            if (take > 0) {
                layout.add(new FileRange(index, offset, take));
            }
            offset += take;
        } while (offset < entry.size());
    }

    /// Room for data behind a header, after opening the next volume if this one has not enough.
    private long roomFor(Entry entry, long header, long least) throws ArchiveException {
        var room = room(header);
        if (room >= least) {
            return room;
        }
        layout.add(made(Rar5Header.END_LENGTH, Rar5Header::end));
        open();
        if (room(header) >= least) {
            return room(header);
        }
        var needed = layout.used() + header + least + Rar5Header.END_LENGTH;
        throw ArchiveException.refused("a volume of " + volumeSize + " bytes cannot hold the header of '" + entry.name()
                + "': choose a volume size of at least " + needed + " bytes");
    }

    private long room(long header) {
        return volumeSize - Rar5Header.END_LENGTH - layout.used() - header;
    }

    private Header fileHeader(int index, Entry entry, long length, long offset, long take) {
        var last = offset + take == entry.size();
        var piece = new Rar5Header.PieceOf(entry, take, offset > 0, !last);
        return new Header(length, needs(index, entry, last), crc -> widths.render(piece, crc));
    }

    /// Every piece but the last carries its own checksum, the last that of the whole file.
    private Needs needs(int index, Entry entry, boolean last) {
        if (entry.kind() != Entry.Kind.FILE) {
            return NOTHING;
        }
        return last ? new Needs.EntryCrc(index) : new Needs.RangeCrc(layout.size() + 1);
    }

    private static Header made(long length, Supplier<byte[]> bytes) {
        return new Header(length, NOTHING, crc -> bytes.get());
    }
}
