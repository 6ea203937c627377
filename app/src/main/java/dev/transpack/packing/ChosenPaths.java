package dev.transpack.packing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.EntryScan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One scan, and what of it is chosen.
final class ChosenPaths {
    private final @Nullable PathPatterns only;
    private final PathPatterns exclude;
    private final EntryScan scan;

    /// @param only null for everything
    ChosenPaths(@Nullable PathPatterns only, PathPatterns exclude, EntryScan scan) {
        this.only = only;
        this.exclude = exclude;
        this.scan = scan;
    }

    /// The path inside of what is packed, of a name in the archive; nothing for the top itself.
    static Optional<String> inside(String archiveName) {
        var slash = archiveName.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(archiveName.substring(slash + 1));
    }

    /// What is chosen, and the folders above it, in archive order.
    List<Entry> entries() {
        var needed = new HashSet<String>();
        for (var entry : scan.entries())
            if (isChosen(entry.name(), entry.kind() == Entry.Kind.DIRECTORY)) need(entry.name(), needed);
        return scan.entries().stream()
                .filter(entry -> needed.contains(entry.name()))
                .toList();
    }

    /// What is in a folder that cannot be listed might have been chosen.
    ///
    /// @throws ArchiveException SOURCE_UNREADABLE, naming the first that was chosen and cannot be packed
    void requireReadable() throws ArchiveException {
        var folders = new HashSet<String>();
        scan.entries().stream()
                .filter(entry -> !FileChoice.isNoFolder(entry))
                .forEach(entry -> folders.add(entry.name()));
        var missed = scan.unreadable().stream()
                .filter(thing -> folders.contains(thing.name())
                        ? !isExcluded(thing.name(), true)
                        : isChosen(thing.name(), false))
                .toList();
        if (missed.isEmpty()) return;
        var others = missed.size() - 1;
        throw new ArchiveException(
                ArchiveException.Kind.SOURCE_UNREADABLE,
                "'" + missed.getFirst().name() + "' cannot be packed: "
                        + missed.getFirst().reason() + (others == 0 ? "" : " (and " + others + " more)")
                        + "; mend it or leave it out with an exclude pattern");
    }

    private static void need(String name, Set<String> needed) {
        for (var part = name; needed.add(part) && part.indexOf('/') > 0; )
            part = part.substring(0, part.lastIndexOf('/'));
    }

    private boolean isChosen(String name, boolean folder) {
        return inside(name)
                        .map(path -> only == null || only.cover(path, folder))
                        .orElse(true)
                && !isExcluded(name, folder);
    }

    private boolean isExcluded(String name, boolean folder) {
        return inside(name).map(path -> exclude.cover(path, folder)).orElse(false);
    }
}
