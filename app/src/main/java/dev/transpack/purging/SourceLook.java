package dev.transpack.purging;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import dev.transpack.librar.EntryScan;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackFiles.PackFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How the source differs from what was packed; links are never followed.
///
/// @param there whether there is anything at its path
/// @param missing packed and not there any more
/// @param changed there, and not what was packed
/// @param strangers there, and not in the pack
/// @param files how many of those there are in the pack, folders not counted
/// @param bytes of what is there and in the pack
/// @param ended why the walk ended early, so that nothing is known; null when it did not
record SourceLook(
        boolean there,
        List<String> missing,
        List<String> changed,
        List<String> strangers,
        long files,
        long bytes,
        @Nullable String ended) {

    /// Compares what lies there now with the rows of a pack.
    ///
    /// @param mostStrangers with more than that the walk ends
    static SourceLook at(Pack pack, List<PackFile> packed, int mostStrangers) throws InterruptedException {
        var rows = new HashMap<String, PackFile>();
        packed.forEach(file -> rows.put(file.path(), file));
        try {
            return compare(EntryScan.of(pack.origin().source(), bounded(rows.keySet(), mostStrangers)), rows);
        } catch (ArchiveException e) {
            if (e.kind() == ArchiveException.Kind.INTERRUPTED) throw interrupted(e);
            var missing = packed.stream().map(PackFile::path).toList();
            return new SourceLook(false, missing, List.of(), List.of(), 0, 0, null);
        } catch (Crowded e) {
            var sentence = "More than " + mostStrangers + " things beside what was packed are there.";
            return new SourceLook(true, List.of(), List.of(), List.of(), 0, 0, sentence);
        }
    }

    /// Half a walk says nothing of what is there.
    private static InterruptedException interrupted(ArchiveException e) {
        Thread.interrupted(); // the exception says it from here on
        var interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }

    /// Thrown out of a walk to end it.
    private static final class Crowded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Predicate<String> bounded(Set<String> packed, int mostStrangers) {
        var strangers = new AtomicInteger();
        return name -> {
            if (!packed.contains(name) && strangers.incrementAndGet() > mostStrangers) throw new Crowded();
            return true;
        };
    }

    /// What keeps it from standing for the pack: every packed file must be there as it was packed.
    Optional<String> notIntact() {
        return Optional.ofNullable(ended).or(this::losses).or(this::changes);
    }

    /// What was packed and is not there any more.
    Optional<String> losses() {
        return there ? told(missing, "is missing") : Optional.of("The data that was packed is not there any more.");
    }

    /// What was packed and is not as it was then.
    Optional<String> changes() {
        return told(changed, "is not as it was packed");
    }

    /// What is there and not in the pack, so that the pack cannot stand for it.
    Optional<String> extras() {
        return Optional.ofNullable(ended).or(() -> told(strangers, "is not in the pack"));
    }

    private static SourceLook compare(EntryScan now, Map<String, PackFile> rows) {
        var changed = new ArrayList<String>();
        var strangers = new ArrayList<String>();
        long files = 0;
        long bytes = 0;
        for (var entry : now.entries()) {
            var row = rows.remove(entry.name());
            files += row == null || row.kind() == Entry.Kind.DIRECTORY ? 0 : 1;
            if (row == null) strangers.add(entry.name());
            else if (!same(row, entry)) changed.add(entry.name());
            bytes += row == null ? 0 : entry.size();
        }
        for (var entry : now.unreadable()) {
            var known = rows.remove(entry.name()) != null;
            (known ? changed : strangers).add(entry.name());
        }
        return new SourceLook(true, missing(rows), changed, strangers, files, bytes, null);
    }

    /// A folder's own time changes whenever something in it does, which is looked at by itself.
    private static boolean same(PackFile row, Entry entry) {
        if (row.kind() != entry.kind()) return false;
        return switch (row.kind()) {
            case DIRECTORY -> true;
            case SYMLINK -> Objects.equals(row.linkTarget(), entry.linkTarget());
            case FILE ->
                row.size() == entry.size() && row.modified().equals(entry.modified()) && row.mode() == entry.mode();
        };
    }

    private static List<String> missing(Map<String, PackFile> rows) {
        return rows.keySet().stream().sorted().toList();
    }

    private static Optional<String> told(List<String> names, String what) {
        if (names.isEmpty()) return Optional.empty();
        var more = names.size() - 1;
        return Optional.of("'" + names.getFirst() + "' " + what + (more == 0 ? "." : " (and " + more + " more)."));
    }
}
