package dev.transpack.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Gives a file that was written under another name its own, for good: the name is on the disk too when that returns.
public final class NewFile {
    private NewFile() {}

    /// Gives it a name that nobody has: a link, unlike a rename, never replaces what is there.
    ///
    /// @param fresh may keep its name too
    /// @throws FileAlreadyExistsException when there is such a file, also when another process was quicker
    public static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Not every file system knows links.
            Files.move(fresh, file);
        }
        syncFolder(file);
    }

    /// Gives it a name that another file may have, which is replaced.
    public static void replace(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(file);
    }

    /// Returns when the name of a file is on the disk.
    public static void syncFolder(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) return;
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // A folder that may be written and not read.
        }
    }
}
