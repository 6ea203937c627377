package dev.transpack.librar;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// What the `rar` program is to pack: the entries are known, the volumes only when it has made them.
///
/// @param name what the volumes are called after
/// @param source the file or folder; its own name is the top of the archive
/// @param entries all that goes in
/// @param whole whether that is everything there is in the source
/// @param options how to pack
public record RarPlan(PackName name, Path source, List<Entry> entries, boolean whole, RarOptions options) {
    private static final long HEADERS_OF_AN_ENTRY = 8 << 10;
    private static final long SLACK = 1 << 20;

    /// Keeps its own copy.
    public RarPlan {
        entries = List.copyOf(entries);
    }

    /// Bytes of all files together.
    public long sourceBytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    /// More bytes than all volumes together will have: `rar` stores what does not get smaller. A recovery record of
    /// 100 % of 20 MB took 23 MB in volumes of 5 MB, and 37 MB in volumes of 300 kB.
    public long mostBytes() {
        var stored = sourceBytes() + entries.size() * HEADERS_OF_AN_ENTRY + SLACK;
        return stored + stored / 50 + stored / 50 * options.recoveryPercent();
    }

    /// Fewer bytes than all volumes together will have; 0 where the files may get smaller.
    public long leastBytes() {
        return options.level() == 0 ? sourceBytes() : 0;
    }

    /// SHA-256 in hex of the entries and the options. Two packs with the same hold the same; their bytes may differ.
    public String fingerprint() {
        return HexFormat.of().formatHex(Fingerprint.facts(entries, options));
    }

    /// What the person who extracts this may stumble over; see [ArchivePlan#warnings].
    public List<NameWarning> warnings() {
        return NameWarnings.of(entries, entries);
    }

    /// The run that makes its volumes in an existing folder outside the source.
    public RarRequest request(Path staging) {
        var only = whole ? List.<String>of() : entries.stream().map(Entry::name).toList();
        return new RarRequest(name, source, only, staging, options, mostBytes());
    }

    /// Looks at every source once more: kind, size and modification time (and a link's target) must be what the
    /// entries say. Call it when the program has ended. Something that was added to a folder changed that folder.
    ///
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE, for the first entry that differs
    public void verifySources() throws ArchiveException {
        for (var entry : entries) {
            SourceState.verify(entry);
        }
    }
}
