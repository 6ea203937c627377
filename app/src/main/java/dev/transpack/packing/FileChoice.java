package dev.transpack.packing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.EntryScan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which files of a download, or of any folder, go into a pack. Patterns are those of git's ignore files, matched
/// against paths inside of the folder; a download that is one file has nothing inside, and is chosen.
public final class FileChoice {
    private final List<String> only;
    private final List<ExcludePreset> presets;
    private final List<String> exclude;

    /// @param only what goes in, with all that is below it; what is there under exactly this path counts as that
    ///     path, whatever characters it holds; empty for everything
    /// @param presets what does not go in, even if it is among that
    /// @param exclude the same; it has the last word
    /// @throws IllegalArgumentException naming a pattern to leave out that cannot be read
    public FileChoice(List<String> only, List<ExcludePreset> presets, List<String> exclude) {
        this.only = List.copyOf(only);
        this.presets = List.copyOf(presets);
        this.exclude = List.copyOf(exclude);
        var _ = PathPatterns.of(exclude);
    }

    /// What goes in.
    ///
    /// @param entries in archive order
    public record Chosen(List<Entry> entries, LeftOut leftOut) {
        /// Keeps its own copy.
        public Chosen {
            entries = List.copyOf(entries);
        }

        private static Chosen of(List<Entry> chosen, List<Entry> all) {
            return new Chosen(chosen, new LeftOut(files(all) - files(chosen), bytes(all) - bytes(chosen)));
        }

        private static long files(List<Entry> entries) {
            return entries.stream().filter(FileChoice::isNoFolder).count();
        }

        private static long bytes(List<Entry> entries) {
            return entries.stream().mapToLong(Entry::size).sum();
        }
    }

    /// Whether nothing is left out, whatever there is.
    public boolean isEverything() {
        return only.isEmpty() && presets.isEmpty() && exclude.isEmpty();
    }

    /// Looks through a file or folder.
    ///
    /// @throws ArchiveException SOURCE_UNREADABLE, naming what was chosen and cannot be packed; REFUSED,
    ///     naming what was asked for and is not there, or what leaves everything out
    public Chosen of(Path source) throws ArchiveException {
        var scan = EntryScan.of(source);
        var chosen = new ChosenPaths(only.isEmpty() ? null : new OnlyPaths(scan).patterns(only), excluded(), scan);
        chosen.requireReadable();
        var entries = chosen.entries();
        if (!isEverything() && entries.stream().noneMatch(FileChoice::isNoFolder))
            throw new ArchiveException(ArchiveException.Kind.REFUSED, nothingLeft());
        return Chosen.of(entries, scan.entries());
    }

    static boolean isNoFolder(Entry entry) {
        return entry.kind() != Entry.Kind.DIRECTORY;
    }

    private PathPatterns excluded() {
        var named = presets.stream().flatMap(preset -> preset.patterns().stream());
        return PathPatterns.of(Stream.concat(named, exclude.stream()).toList());
    }

    private String nothingLeft() {
        var without = Stream.concat(presets.stream().map(ExcludePreset::word), exclude.stream())
                .toList();
        if (without.isEmpty()) return "No file is left to pack: there is none in " + quoted(only) + ".";
        return "No file is left to pack: " + quoted(without) + (without.size() == 1 ? " leaves" : " leave")
                + " out all there is" + (only.isEmpty() ? "" : " in " + quoted(only)) + ".";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
