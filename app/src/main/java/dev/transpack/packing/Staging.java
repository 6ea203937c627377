package dev.transpack.packing;

import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where the `rar` program leaves volumes until they are uploaded: a folder for each pack, which goes when the pack is
/// done, however it ended.
///
/// @param folder in which they are made; made itself when it is first needed
/// @param setting what names it, for people: `pack.staging-dir`
public record Staging(Path folder, String setting) {

    /// An empty folder for a pack. What an earlier run left is removed first: a program of that run that still writes
    /// finds its own folder gone, and ends.
    ///
    /// @throws FolderException if it cannot be made
    public Path open(String pack) throws IOException {
        try {
            remove(pack);
            return Files.createTempDirectory(Files.createDirectories(of(pack)), "run-");
        } catch (IOException e) {
            throw FolderException.of(folder, setting, e);
        }
    }

    /// Removes the folder that [#open] gave, and what is in it. Another run of the pack may have its own beside it by
    /// now, which stays. One that is gone is fine.
    public void close(Path opened) throws IOException {
        removeTree(opened);
        var pack = opened.getParent();
        if (pack == null) return;
        try {
            Files.deleteIfExists(pack);
        } catch (DirectoryNotEmptyException _) {
            // The other run's, which removes it.
        }
    }

    /// Removes all of a pack, whoever uses it. One that has nothing here is fine.
    public void remove(String pack) throws IOException {
        removeTree(of(pack));
    }

    /// Looks whether so much can be written.
    ///
    /// @throws FolderException in a sentence: how much is needed, how much there is, and where
    public void requireRoom(long bytes) throws IOException {
        var free = Files.getFileStore(FolderException.nearest(folder)).getUsableSpace();
        if (free < bytes) throw FolderException.tooSmall(folder, setting, bytes, free);
    }

    /// How many bytes the files in a folder have.
    public static long bytesIn(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            var bytes = 0L;
            for (var file : files) bytes += Files.size(file);
            return bytes;
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (Files.exists(root)) Files.walkFileTree(root, new Removal());
    }

    private Path of(String pack) {
        return folder.resolve(pack);
    }

    /// Other runs may remove at the same time.
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) throw failure;
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
