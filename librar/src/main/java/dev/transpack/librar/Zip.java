package dev.transpack.librar;

import dev.transpack.librar.Segment.Header;
import dev.transpack.librar.Segment.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The ZIP planner, stored entries, ZIP64 where needed (PKWARE APPNOTE 6.3.10). Checksums stand in the local headers,
/// not
/// in descriptors, so that readers of streams accept it too: a local header waits for its file.
final class Zip {
    private static final Needs NOTHING = new Needs.Nothing();

    private final List<Entry> entries;
    private final ZipProtection protection;
    private final ByteSplit split;
    private final List<ZipHeader> headers = new ArrayList<>();

    private Zip(List<Entry> entries, long volumeSize, ZipProtection protection) {
        this.entries = entries;
        this.protection = protection;
        this.split = new ByteSplit(volumeSize);
    }

    static Layout plan(List<Entry> entries, long volumeSize, ZipProtection protection) throws ArchiveException {
        return new Zip(entries, volumeSize, protection).plan();
    }

    private Layout plan() throws ArchiveException {
        for (var index : foldersFirst()) {
            local(index, entries.get(index));
        }
        var start = split.position();
        var next = headers.iterator();
        for (var index : foldersFirst()) {
            var header = next.next();
            split.header(new Header(header.centralLength(), needs(index, header), header::central));
        }
        var end = new ZipEnd(entries.size(), start, split.position() - start);
        split.header(new Header(end.length(), NOTHING, crc -> end.render()));
        return split.done();
    }

    /// Readers set the mode and time of a folder only if they met it before its contents; entries have the deepest
    /// first.
    private int[] foldersFirst() {
        var folders = IntStream.range(0, entries.size())
                .filter(this::isFolder)
                .map(i -> -i)
                .sorted()
                .map(i -> -i);
        var others = IntStream.range(0, entries.size()).filter(i -> !isFolder(i));
        return IntStream.concat(folders, others).toArray();
    }

    private boolean isFolder(int index) {
        return entries.get(index).kind() == Entry.Kind.DIRECTORY;
    }

    private void local(int index, Entry entry) throws ArchiveException {
        var content = isFolder(index) ? ZipContent.PLAIN : protection.content(index);
        var header = new ZipHeader(entry, split.position(), content);
        headers.add(header);
        split.header(new Header(header.localLength(), needs(index, header), header::local));
        split.file(index, entry.size());
        if (entry.kind() == Entry.Kind.FILE) {
            split.seal(index, content.sealLength());
        }
    }

    private static Needs needs(int index, ZipHeader header) {
        var hasCrc =
                header.entry().kind() == Entry.Kind.FILE && header.content().hasCrc();
        return hasCrc ? new Needs.EntryCrc(index) : NOTHING;
    }
}
