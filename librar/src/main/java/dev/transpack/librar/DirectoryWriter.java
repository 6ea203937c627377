package dev.transpack.librar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Writes the parts of a plan into a folder, in any order. Volumes are called `transpack-<run>-<n>.partial` until
/// [#commit] gives the whole set its names; closing without it removes them, so that nobody ever sees half a
/// set. Two runs into one folder do not meet: each has its own partial files, and the first to commit has the names.
public final class DirectoryWriter implements AutoCloseable {
    private final List<Volume> volumes;
    private final Path directory;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<Integer, Unfinished> unfinished = new HashMap<>();
    private final List<Path> named = new ArrayList<>();
    private int complete;
    private boolean committed;

    /// A volume that still lacks bytes.
    private static final class Unfinished {
        private final FileChannel channel;
        private long missing;

        Unfinished(FileChannel channel, long missing) {
            this.channel = channel;
            this.missing = missing;
        }
    }

    /// A writer of a plan's volumes into an existing folder.
    ///
    /// @throws ArchiveException REFUSED if a volume of that name is already there: it is never overwritten
    public DirectoryWriter(ArchivePlan plan, Path directory) throws ArchiveException {
        this(plan.volumes(), directory);
    }

    /// A writer of a plan's volumes, and of their recovery data.
    ///
    /// @throws ArchiveException REFUSED if a file of that name is already there: it is never overwritten
    public DirectoryWriter(RecoveryPlan plan, Path directory) throws ArchiveException {
        this(plan.volumes(), directory);
    }

    private DirectoryWriter(List<Volume> volumes, Path directory) throws ArchiveException {
        this.volumes = volumes;
        this.directory = directory;
        refuseExisting();
    }

    /// Writes a part at its place; a volume that is whole now is flushed to the disk. The part stays the
    /// caller's.
    ///
    /// @return whether the volume is whole now
    /// @throws ArchiveException DESTINATION_FAILED
    public boolean write(Part part) throws ArchiveException {
        return write(part.volume(), part.offset(), part.bytes());
    }

    /// Writes bytes of a volume, by its index; one that is whole now is flushed to the disk.
    ///
    /// @return whether the volume is whole now
    /// @throws ArchiveException DESTINATION_FAILED
    public boolean write(int index, long offset, ByteBuffer bytes) throws ArchiveException {
        var volume = volumes.get(index);
        var length = bytes.remaining();
        try {
            var target = open(volume);
            for (var at = offset; bytes.hasRemaining(); ) {
                at += target.channel.write(bytes, at);
            }
            target.missing -= length;
            if (target.missing > 0) {
                return false;
            }
            finish(volume, target);
            return true;
        } catch (IOException e) {
            throw failed(volume.name(), e);
        }
    }

    /// Gives every volume its name. Called once, when every part was written and the sources were verified.
    ///
    /// @throws ArchiveException REFUSED if a volume of that name appeared meanwhile; DESTINATION_FAILED
    /// @throws IllegalStateException if a volume is not whole
    public void commit() throws ArchiveException {
        if (complete != volumes.size()) {
            throw new IllegalStateException(complete + " of " + volumes.size() + " volumes are whole");
        }
        refuseExisting();
        for (var volume : volumes) {
            try {
                publish(volume);
            } catch (FileAlreadyExistsException e) {
                throw alreadyThere(path(volume));
            } catch (IOException e) {
                throw failed(volume.name(), e);
            }
        }
        flushDirectory();
        committed = true;
    }

    /// Without [#commit], or if that failed: removes everything written.
    ///
    /// @throws ArchiveException DESTINATION_FAILED, after everything was tried
    @Override
    public void close() throws ArchiveException {
        if (committed) {
            return;
        }
        var failures = new ArrayList<IOException>();
        for (var target : unfinished.values()) {
            attempt(target.channel::close, failures);
        }
        unfinished.clear();
        for (var volume : volumes) {
            attempt(() -> Files.deleteIfExists(partial(volume)), failures);
        }
        for (var volume : named) {
            attempt(() -> Files.deleteIfExists(volume), failures);
        }
        if (!failures.isEmpty()) {
            throw failed(directory.toString(), failures.getFirst());
        }
    }

    /// A link, unlike a rename, never replaces what somebody else put there.
    private void publish(Volume volume) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path(volume).getParent()));
        try {
            Files.createLink(path(volume), partial(volume));
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // exFAT and many network shares know no links. This looks first, and then renames.
            Files.move(partial(volume), path(volume));
            named.add(path(volume));
            return;
        }
        named.add(path(volume));
        Files.delete(partial(volume));
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(Step step, List<IOException> failures) {
        try {
            step.run();
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private Unfinished open(Volume volume) throws IOException {
        var known = unfinished.get(volume.index());
        if (known != null) {
            return known;
        }
        var channel = FileChannel.open(
                partial(volume), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        var target = new Unfinished(channel, volume.length());
        unfinished.put(volume.index(), target);
        return target;
    }

    private void finish(Volume volume, Unfinished target) throws IOException {
        target.channel.force(true);
        target.channel.close();
        unfinished.remove(volume.index());
        complete++;
    }

    private void refuseExisting() throws ArchiveException {
        for (var volume : volumes) {
            var path = path(volume);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw alreadyThere(path);
            }
        }
    }

    private static ArchiveException alreadyThere(Path path) {
        return ArchiveException.refused("'" + path + "' is already there: remove it or choose another folder");
    }

    /// A rename is only durable once its folder is.
    private void flushDirectory() throws ArchiveException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failed(directory.toString(), e);
        }
    }

    private Path path(Volume volume) {
        return directory.resolve(volume.name());
    }

    private Path partial(Volume volume) {
        return directory.resolve("transpack-" + run + "-" + volume.index() + ".partial");
    }

    private static ArchiveException failed(String name, IOException e) {
        var message = "'" + name + "' cannot be written: " + ArchiveException.reason(e);
        return new ArchiveException(ArchiveException.Kind.DESTINATION_FAILED, message, e);
    }
}
