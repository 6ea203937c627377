package dev.transpack.librar;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Every byte position of an archive, known before a byte is read. A pure function of its arguments: the same
/// entries and options give the same plan on every machine, and a plan gives the same bytes on every run.
///
/// Immutable; memory grows with the number of entries and volumes (at most 65,535), never with their size.
public final class ArchivePlan {
    private final List<Entry> sources;
    private final List<Entry> entries;
    private final ArchiveOptions options;
    private final Layout layout;
    private final Protection protection;
    private final List<Volume> volumes;
    /// For each entry the index of its first segment; one more at the end.
    private final int[] firstSegments;
    private final String fingerprint;

    private ArchivePlan(PackName name, List<Entry> sources, ArchiveOptions options) throws ArchiveException {
        this.sources = sources;
        this.entries = options.portableNames() ? PortableNames.of(sources) : sources;
        this.options = options;
        var facts = Fingerprint.facts(entries, options);
        var secrets = options.encryption() == null ? null : new Secrets(options.encryption(), facts);
        var planned = Planned.of(entries, options, secrets);
        this.layout = planned.layout();
        this.protection = planned.protection();
        this.volumes = layout.volumes(i -> volumeName(name, i));
        this.firstSegments = firstSegments();
        this.fingerprint = HexFormat.of().formatHex(secrets == null ? facts : Fingerprint.encrypted(facts, secrets));
    }

    /// Lays out an archive. Volumes are called after the nearest [PackName] to `name`.
    ///
    /// @throws ArchiveException REFUSED, naming the thing and the remedy: no entries; a name that is absolute,
    ///     has an empty, `.` or `..` component, occurs twice or lies below a file; more than 65,535 volumes; a
    ///     volume too small for a header; a password for a format that cannot hide what it should
    public static ArchivePlan of(String name, List<Entry> entries, ArchiveOptions options) throws ArchiveException {
        if (entries.isEmpty()) {
            throw ArchiveException.refused("'" + name + "' has nothing to pack: choose at least one file or folder");
        }
        NameRules.check(entries);
        checkEncryption(options);
        return new ArchivePlan(PackName.of(name), List.copyOf(entries), options);
    }

    /// What is archived, in archive order, under the names it has there.
    public List<Entry> entries() {
        return entries;
    }

    /// The same in the same order as it lies on the disk; differs from [#entries] with portable names only, in names
    /// and link targets.
    public List<Entry> sources() {
        return sources;
    }

    /// How it is laid out.
    public ArchiveOptions options() {
        return options;
    }

    /// The files that make up the archive, in order.
    public List<Volume> volumes() {
        return volumes;
    }

    /// Bytes of all volumes together.
    public long length() {
        return volumes.stream().mapToLong(Volume::length).sum();
    }

    /// SHA-256 in hex of everything the bytes depend on: two plans with one fingerprint give the same bytes.
    /// The pack's name and the sources' paths are not in it.
    public String fingerprint() {
        return fingerprint;
    }

    /// What the person who extracts this may stumble over: names Windows cannot hold, names that fall together
    /// when case or accents are folded, names that were changed, links that lead out of the pack, times too
    /// far off.
    public List<NameWarning> warnings() {
        return NameWarnings.of(sources, entries);
    }

    /// Whether a password is needed to read it.
    public boolean isEncrypted() {
        return options.encryption() != null;
    }

    /// Where the bytes of an entry lie, by its index in [#entries], in file order; none if it is empty. In an encrypted
    /// archive each byte stands in its place, encrypted.
    public List<Piece> pieces(int entry) {
        var pieces = new ArrayList<Piece>();
        for (var i : segmentsOf(entry)) {
            var range = (FileRange) layout.segment(i);
            // what fills the last encrypted block is no part of the file
            var length = Math.min(range.length(), entries.get(entry).size() - range.offset());
            pieces.add(new Piece(layout.volumeOf(i), layout.offset(i), length, range.offset()));
        }
        return List.copyOf(pieces);
    }

    /// How the content of an entry is encrypted, by its index in [#entries]; null if it stands as it is, or has none.
    public @Nullable ContentCipher cipher(int entry) {
        return entries.get(entry).size() == 0 ? null : protection.cipher(entry);
    }

    /// How many parts may wait for a checksum at a time while the next is read (format section 1): a header lies in two
    /// parts at most, and one that the end of a volume cuts in three. Where no header waits, none.
    public int partsThatWait() {
        return switch (options.format()) {
            case TAR, FILES -> 0;
            case RAR5 -> 2;
            case ZIP -> volumes.size() == 1 ? 2 : 3;
        };
    }

    /// Looks at every source once more: kind, size and modification time (and a link's target) must be what the
    /// entries say. Call it before the manifest is written, after the last byte was read.
    ///
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE, for the first entry that differs
    public void verifySources() throws ArchiveException {
        for (var source : sources) {
            SourceState.verify(source);
        }
    }

    /// How the contents of its files come into parts, for one stream.
    Contents contents(SourceReader reader) {
        return protection.contents(entries, reader);
    }

    Segment segment(int index) {
        return layout.segment(index);
    }

    /// Where the bytes of an entry lie, as segments, in file order.
    int[] segmentsOf(int entry) {
        return IntStream.range(firstSegments[entry], firstSegments[entry + 1])
                .filter(i -> layout.segment(i) instanceof FileRange)
                .toArray();
    }

    /// Index of a volume's first segment; behind the last volume the number of segments.
    int firstSegment(int volume) {
        return layout.first(volume);
    }

    int segmentCount() {
        return layout.size();
    }

    /// Where a segment begins within its volume.
    long segmentOffset(int index) {
        return layout.offset(index);
    }

    /// Bytes of the longest header; no part may be shorter.
    long longestHeader() {
        return IntStream.range(0, layout.size())
                .mapToObj(layout::segment)
                .filter(Header.class::isInstance)
                .mapToLong(Segment::length)
                .max()
                .orElse(0);
    }

    /// The name of the entry whose header or data a segment is, for messages; the volume's name if it is
    /// neither.
    String nameBehind(int segment) {
        var next = segment + 1 < layout.size() ? layout.segment(segment + 1) : null;
        return next instanceof FileRange range
                ? entries.get(range.entry()).name()
                : volumes.get(layout.volumeOf(segment)).name();
    }

    private String volumeName(PackName name, int volume) {
        var first = layout.segment(layout.first(volume));
        return options.format() == ArchiveFormat.FILES && first instanceof FileRange range
                ? entries.get(range.entry()).name()
                : name.volume(options.format(), volume, layout.volumes());
    }

    private static void checkEncryption(ArchiveOptions options) throws ArchiveException {
        var encryption = options.encryption();
        if (encryption == null) {
            return;
        }
        switch (options.format()) {
            case RAR5 -> {}
            case ZIP -> ZipEncryption.check(encryption);
            case TAR -> throw ArchiveException.refused("a tar cannot have a password: choose rar or zip");
            case FILES -> throw ArchiveException.refused("files as they are cannot have a password: choose rar or zip");
        }
    }

    private int[] firstSegments() {
        var firsts = new int[entries.size() + 1];
        Arrays.fill(firsts, -1);
        for (var i = 0; i < layout.size(); i++) {
            if (layout.segment(i) instanceof FileRange range && firsts[range.entry()] < 0) {
                firsts[range.entry()] = i;
            }
        }
        firsts[entries.size()] = layout.size();
        for (var entry = entries.size() - 1; entry >= 0; entry--) {
            firsts[entry] = firsts[entry] < 0 ? firsts[entry + 1] : firsts[entry];
        }
        return firsts;
    }
}
