package dev.transpack.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where a demo keeps everything; removed with it unless it is to be kept.
public record DemoFolder(Path path, boolean keep) implements AutoCloseable {
    /// Makes a new one.
    public static DemoFolder create(boolean keep) throws IOException {
        return new DemoFolder(Files.createTempDirectory("transpack-demo-"), keep);
    }

    public Path downloads() {
        return path.resolve("downloads");
    }

    public Path data() {
        return path.resolve("data");
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
