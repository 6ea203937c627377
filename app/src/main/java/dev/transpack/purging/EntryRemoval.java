package dev.transpack.purging;

import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.librar.Entry;
import dev.transpack.packing.PackFiles.PackFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Deletes entry by entry what a pack's rows know, and nothing else. Every step goes from an open folder to a name in
/// it and follows no link: whatever is put in the way meanwhile, nothing outside the source can be reached.
final class EntryRemoval {
    private final Map<String, PackFile> rows = new HashMap<>();
    private final boolean changedToo;
    private final JobRun run;
    private final List<String> foreign = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /// What was not removed, with the reason.
    ///
    /// @param foreign because it is not what was packed
    /// @param failed although it was to go
    record Left(List<String> foreign, List<String> failed) {
        Left {
            foreign = List.copyOf(foreign);
            failed = List.copyOf(failed);
        }

        /// First what should not be there any more.
        List<String> all() {
            return Stream.concat(failed.stream(), foreign.stream()).toList();
        }
    }

    /// @param changedToo whether what is not as it was packed goes as well
    /// @param run asked before everything that goes: one that has lost its job takes nothing more
    EntryRemoval(List<PackFile> packed, boolean changedToo, JobRun run) {
        packed.forEach(file -> rows.put(file.path(), file));
        this.changedToo = changedToo;
        this.run = run;
    }

    /// Removes what is left of the source; what is gone already is well.
    ///
    /// @throws JobInterrupted when the run must end: what is left stays
    Left remove(Path source) throws IOException, JobInterrupted {
        var parent = source.getParent();
        var name = source.getFileName();
        if (parent == null || name == null) return refused(source + " (it is no entry of a folder)");
        if (!parent.toRealPath().equals(parent)) return refused(source + " (a link leads there now)");
        try (var listing = Files.newDirectoryStream(parent)) {
            remove(secure(listing), name, name.toString());
        }
        return new Left(foreign, failed);
    }

    private static Left refused(String what) {
        return new Left(List.of(), List.of(what));
    }

    /// @return whether it is gone
    private boolean remove(SecureDirectoryStream<Path> folder, Path name, String path) throws JobInterrupted {
        run.check();
        try {
            var facts = folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            var row = rows.get(path);
            if (row == null) return leave(path, "it is not in the pack");
            if (!isKind(row.kind(), facts)) return leave(path, "it is something else now");
            if (row.kind() == Entry.Kind.DIRECTORY) return removeFolder(folder, name, path);
            if (row.kind() == Entry.Kind.FILE && !changedToo && isChanged(row, facts))
                return leave(path, "it was changed since it was packed");
            folder.deleteFile(name);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            failed.add("'" + path + "' (" + reason(e) + ")");
            return false;
        }
    }

    private boolean removeFolder(SecureDirectoryStream<Path> folder, Path name, String path)
            throws IOException, JobInterrupted {
        var empty = true;
        try (var inside = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (var child : inside) {
                var childName = child.getFileName();
                empty &= remove(inside, childName, path + "/" + childName);
            }
        }
        if (empty) folder.deleteDirectory(name);
        return empty;
    }

    private boolean leave(String path, String why) {
        foreign.add("'" + path + "' (" + why + ")");
        return false;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException f when f.getReason() != null -> String.valueOf(f.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }

    private static boolean isKind(Entry.Kind kind, BasicFileAttributes facts) {
        return switch (kind) {
            case FILE -> facts.isRegularFile();
            case DIRECTORY -> facts.isDirectory();
            case SYMLINK -> facts.isSymbolicLink();
        };
    }

    private static boolean isChanged(PackFile row, BasicFileAttributes facts) {
        return facts.size() != row.size()
                || !facts.lastModifiedTime().toInstant().equals(row.modified());
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> listing) throws IOException {
        if (listing instanceof SecureDirectoryStream<Path> secure) return secure;
        throw new IOException("this system cannot delete without following links: remove the data by hand");
    }
}
