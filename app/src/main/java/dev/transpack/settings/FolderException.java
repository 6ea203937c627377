package dev.transpack.settings;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A folder that is to be written to, and cannot be. The message is one sentence that names it and the remedy.
public final class FolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final long LEAST_ROOM = 128L << 10;

    private FolderException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /// @param setting what names the folder: `data-dir`, `--output`
    /// @param cause what happened when it was written to
    public static FolderException of(Path folder, String setting, IOException cause) {
        var seen = problem(folder, setting);
        if (seen.isPresent()) return new FolderException(seen.get(), cause);
        if (isFull(cause)) return new FolderException(full(folder, setting), cause);
        return new FolderException(
                "The folder " + folder + " cannot be written to" + reason(cause) + ": set " + setting
                        + " to a folder that this user may write to.",
                cause);
    }

    /// That its disk has less room than is needed, how much of both, and the remedy.
    public static FolderException tooSmall(Path folder, String setting, long needed, long free) {
        return new FolderException(
                "Packing needs " + Figures.size(needed) + " on the disk of " + folder + ", and "
                        + Figures.size(free) + " are free: make room there, or set " + setting
                        + " to a folder on another disk.",
                null);
    }

    /// What is wrong with a folder, or with the one in which it would be made, as far as a look shows.
    public static Optional<String> problem(Path folder, String setting) {
        var there = nearest(folder);
        if (!Files.isDirectory(there))
            return Optional.of(there + " is a file, not a folder: set " + setting + " to a folder.");
        if (!Files.isWritable(there) || room(there, true) == 0) return Optional.of(unwritable(folder, there, setting));
        return hasNoRoom(folder) ? Optional.of(full(folder, setting)) : Optional.empty();
    }

    /// The folder itself, or the one in which it would be made.
    public static Path nearest(Path folder) {
        var there = folder.toAbsolutePath();
        while (Files.notExists(there) && there.getParent() != null) there = there.getParent();
        return there;
    }

    /// Whether its disk has so little left that nothing can be kept there.
    public static boolean hasNoRoom(Path folder) {
        return room(nearest(folder), false) < LEAST_ROOM;
    }

    /// That its disk is full, and the remedy.
    public static String full(Path folder, String setting) {
        return "There is no room left on the disk of " + folder + ": make room there, or set " + setting
                + " to a folder on another disk.";
    }

    private static String unwritable(Path folder, Path there, String setting) {
        var what = there.equals(folder.toAbsolutePath())
                ? "The folder " + folder + " cannot be written to by this user"
                : "The folder " + folder + " cannot be made, since this user may not write to " + there;
        return what + ": set " + setting + " to a folder that this user may write to.";
    }

    /// No bytes at all, as in /proc, is no disk. Where nobody can say, there is room.
    private static long room(Path there, boolean inAll) {
        try {
            var disk = Files.getFileStore(there);
            return inAll ? disk.getTotalSpace() : disk.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /// Whether a disk was full. The system's words are all that Java tells.
    public static boolean isFull(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var said = String.valueOf(cause.getMessage());
            if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) return true;
        }
        return false;
    }

    private static String reason(IOException cause) {
        return cause instanceof FileSystemException known && known.getReason() != null
                ? " (" + known.getReason() + ")"
                : "";
    }
}
