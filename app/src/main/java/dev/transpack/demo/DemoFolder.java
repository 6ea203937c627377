package dev.transpack.demo;

import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where a demo keeps everything; removed with it unless it is to be kept.
public record DemoFolder(Path path, boolean keep) implements AutoCloseable {
    private static final String SETTING = "TMPDIR";

    /// Makes a new one in `TMPDIR`, or where the system keeps what is temporary.
    ///
    /// @throws FolderException when that cannot be
    public static DemoFolder create(boolean keep) {
        var parent = parent();
        try {
            return new DemoFolder(Files.createTempDirectory(parent, "transpack-demo-"), keep);
        } catch (IOException e) {
            throw FolderException.of(parent, SETTING, e);
        }
    }

    /// What failed in the demo, said of this folder when its disk is full.
    public Exception explained(Exception failure) {
        return FolderException.isFull(failure) || FolderException.hasNoRoom(path)
                ? FolderException.of(path, SETTING, new IOException(failure))
                : failure;
    }

    public Path downloads() {
        return path.resolve("downloads");
    }

    public Path data() {
        return path.resolve("data");
    }

    private static Path parent() {
        var named = System.getenv(SETTING);
        return Path.of(named == null || named.isBlank() ? System.getProperty("java.io.tmpdir") : named)
                .toAbsolutePath();
    }

    @Override
    public void close() throws IOException {
        if (keep) return;
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
