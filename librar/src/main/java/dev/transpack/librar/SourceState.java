package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a source looks like at one moment, never following a link.
///
/// @param key inode and device, good within one run only; null where the file system has none
record SourceState(
        Entry.@Nullable Kind kind,
        long size,
        Instant modified,
        @Nullable Object key) {

    /// The state of an entry's source now.
    static SourceState of(Entry entry) throws ArchiveException {
        try {
            var now = Files.readAttributes(entry.source(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new SourceState(kind(now), now.size(), now.lastModifiedTime().toInstant(), now.fileKey());
        } catch (IOException e) {
            throw ArchiveException.unreadable(entry.name(), e);
        }
    }

    /// Fails unless an entry's source is what the entry says.
    static void verify(Entry entry) throws ArchiveException {
        of(entry).mustMatch(entry);
        if (entry.kind() == Entry.Kind.SYMLINK && !target(entry).equals(entry.target())) {
            throw ArchiveException.changed(entry.name(), "it links elsewhere now");
        }
    }

    /// Fails unless this is the kind, size and time of the entry.
    SourceState mustMatch(Entry entry) throws ArchiveException {
        if (kind != entry.kind()) {
            throw ArchiveException.changed(entry.name(), "it is no " + entry.kind() + " any more");
        }
        if (kind == Entry.Kind.FILE && size != entry.size()) {
            throw ArchiveException.changed(entry.name(), "its size was " + entry.size() + " and is " + size);
        }
        if (!modified.equals(entry.modified())) {
            throw ArchiveException.changed(
                    entry.name(), "it was modified at " + modified + ", planned was " + entry.modified());
        }
        return this;
    }

    /// Fails if the name stands for another file than at an earlier moment of this run.
    void mustBeTheSameFileAs(SourceState before, Entry entry) throws ArchiveException {
        if (!Objects.equals(key, before.key)) {
            throw ArchiveException.changed(entry.name(), "another file took its place");
        }
    }

    private static String target(Entry entry) throws ArchiveException {
        try {
            return Files.readSymbolicLink(entry.source()).toString();
        } catch (IOException e) {
            throw ArchiveException.unreadable(entry.name(), e);
        }
    }

    private static Entry.@Nullable Kind kind(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return Entry.Kind.FILE;
        }
        if (attributes.isDirectory()) {
            return Entry.Kind.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? Entry.Kind.SYMLINK : null;
    }
}
