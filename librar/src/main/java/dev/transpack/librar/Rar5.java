package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Needs;
import dev.transpack.librar.Segment.Rendering;
import java.util.List;
import java.util.function.Supplier;

/// The RAR5-compatible planner, store mode: where each header and each piece of a file lies (format section 2).
final class Rar5 {
    private static final Needs NOTHING = new Needs.Nothing();

    private final List<Entry> entries;
    private final long volumeSize;
    private final Rar5Protection protection;
    private final Rar5Header.Widths widths;
    /// Bytes of the block that ends a volume.
    private final long end;
    private final Layout layout = new Layout();

    private Rar5(List<Entry> entries, long volumeSize, Rar5Protection protection) {
        this.entries = entries;
        this.volumeSize = volumeSize;
        this.protection = protection;
        this.end = protection.blockLength(Rar5Header.END_LENGTH);
        this.widths = new Rar5Header.Widths(ByteWriter.vintLength(volumeSize));
    }

    static Layout plan(List<Entry> entries, long volumeSize, Rar5Protection protection) throws ArchiveException {
        return new Rar5(entries, volumeSize, protection).plan();
    }

    private Layout plan() throws ArchiveException {
        open();
        for (var i = 0; i < entries.size(); i++) {
            place(i, entries.get(i));
        }
        layout.add(block(Rar5Header.END_LENGTH, NOTHING, crc -> Rar5Header.lastEnd()));
        if (layout.volumes() == 1) {
            layout.replace(0, start(0, 0, Rar5Header::singleMain));
        }
        return layout;
    }

    private void open() throws ArchiveException {
        var volume = layout.openVolume();
        layout.add(start(volume, layout.size(), () -> Rar5Header.main(volume)));
    }

    private void place(int index, Entry entry) throws ArchiveException {
        var record = entry.size() > 0 ? protection.record(index) : new byte[0];
        var header = widths.headerLength(entry, record.length);
        var unit = protection.unit();
        var size = (entry.size() + unit - 1) / unit * unit;
        var offset = 0L;
        do {
            var rest = size - offset;
            var room = roomFor(entry, protection.blockLength(header), Math.min(rest, unit));
            var take = Math.min(rest, room - room % unit);
            var piece = new Rar5Header.PieceOf(entry, take, offset > 0, take < rest);
            layout.add(block(header, needs(index, piece), crc -> widths.render(piece, record, crc)));
            if (take > 0) {
                layout.add(new FileRange(index, offset, take));
            }
            offset += take;
        } while (offset < size);
    }

    /// Room for data behind a header, after opening the next volume if this one has not enough.
    private long roomFor(Entry entry, long header, long least) throws ArchiveException {
        var room = room(header);
        if (room >= least) {
            return room;
        }
        layout.add(block(Rar5Header.END_LENGTH, NOTHING, crc -> Rar5Header.end()));
        open();
        if (room(header) >= least) {
            return room(header);
        }
        var needed = layout.used() + header + least + end;
        throw ArchiveException.refused("a volume of " + volumeSize + " bytes cannot hold the header of '" + entry.name()
                + "': choose a volume size of at least " + needed + " bytes");
    }

    private long room(long header) {
        return volumeSize - end - layout.used() - header;
    }

    /// Every piece but the last carries its own checksum, the last that of the whole file.
    private Needs needs(int index, Rar5Header.PieceOf piece) {
        if (piece.entry().kind() != Entry.Kind.FILE) {
            return NOTHING;
        }
        return piece.continues() ? new Needs.RangeCrc(layout.size() + 1) : new Needs.EntryCrc(index);
    }

    /// What a volume begins with: what is never encrypted, and its main block.
    private Header start(int volume, int segment, Supplier<byte[]> main) {
        var prefix = protection.prefix();
        var length = prefix.length + protection.blockLength(Rar5Header.mainLength(volume));
        return new Header(
                length,
                NOTHING,
                crc -> new ByteWriter()
                        .bytes(prefix)
                        .bytes(protection.block(segment, main.get()))
                        .toArray());
    }

    /// The next segment: one block.
    private Header block(long length, Needs needs, Rendering rendering) {
        var segment = layout.size();
        return new Header(
                protection.blockLength(length), needs, crc -> protection.block(segment, rendering.render(crc)));
    }
}
