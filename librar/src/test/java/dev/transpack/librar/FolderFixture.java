package dev.transpack.librar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Builds a folder to pack. Contents depend on the file's name and size alone.
final class FolderFixture {
    private final Path root;

    private FolderFixture(Path root) {
        this.root = root;
    }

    static FolderFixture in(Path parent, String name) throws IOException {
        return new FolderFixture(Files.createDirectories(parent.resolve(name)));
    }

    /// A small tree with one of everything that is awkward to cut.
    static FolderFixture awkward(Path parent) throws IOException {
        return in(parent, "Top")
                .file("a-big", 1500)
                .file("b-empty", 0)
                .file("c-one-byte", 1)
                .file("nested/deep/er/film.mkv", 700)
                .file("nested/deep/zero", 0)
                .file("z-last", 131)
                .folder("an empty folder")
                .link("link", "nested/deep/er/film.mkv")
                .mode("c-one-byte", "rwxr-x--x")
                .modified("a-big", Instant.ofEpochSecond(1_234_567_890L, 123_456_789))
                .modified("an empty folder", Instant.ofEpochSecond(1_000_000_001L, 987_654_321))
                .modified("nested/deep", Instant.ofEpochSecond(1_100_000_001L, 1));
    }

    /// The folder that holds nothing but this one.
    Path parent() {
        return Objects.requireNonNull(root.getParent());
    }

    String name() {
        return Objects.requireNonNull(root.getFileName()).toString();
    }

    Path path() {
        return root;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    FolderFixture file(String name, int size) throws IOException {
        var content = new byte[size];
        new Random(name.hashCode() * 31L + size).nextBytes(content);
        return file(name, content);
    }

    FolderFixture file(String name, byte[] content) throws IOException {
        var path = path(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.write(path, content);
        return this;
    }

    /// A file that is all holes but for a mark at each of these places.
    FolderFixture sparse(String name, long size, long... marks) throws IOException {
        try (var channel = Files.newByteChannel(
                path(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (var mark : marks) {
                channel.position(mark).write(ByteBuffer.wrap(("mark at " + mark).getBytes(StandardCharsets.UTF_8)));
            }
            channel.position(size - 1).write(ByteBuffer.wrap(new byte[1]));
        }
        return this;
    }

    FolderFixture folder(String name) throws IOException {
        Files.createDirectories(path(name));
        return this;
    }

    FolderFixture link(String name, String target) throws IOException {
        Files.createSymbolicLink(path(name), Path.of(target));
        return this;
    }

    FolderFixture mode(String name, String permissions) throws IOException {
        Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
        return this;
    }

    FolderFixture modified(String name, Instant time) throws IOException {
        Files.getFileAttributeView(path(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(time), null, null);
        return this;
    }

    /// Cuts every modification time to what ZIP readers restore.
    FolderFixture wholeSeconds() throws IOException {
        try (var walk = Files.walk(root)) {
            for (var path : walk.toList()) {
                var time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .to(TimeUnit.SECONDS);
                Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(FileTime.from(time, TimeUnit.SECONDS), null, null);
            }
        }
        return this;
    }

    EntryScan scan() throws ArchiveException {
        return EntryScan.of(root);
    }

    ArchivePlan plan(long volumeSize) throws ArchiveException {
        return plan(ArchiveOptions.rar5(volumeSize));
    }

    ArchivePlan plan(ArchiveOptions options) throws ArchiveException {
        return ArchivePlan.of(name(), scan().entries(), options);
    }
}
