package dev.transpack.packing;

import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Where the `rar` program leaves volumes until they are uploaded: a folder for each pack, which goes when the pack is
/// done, however it ended. All packs that share the folder share this, so that no two count on the same room.
public final class Staging {
    private final Path folder;
    private final String setting;
    /// In the order they came: each counts on what those before it leave.
    private final List<Room> rooms = new CopyOnWriteArrayList<>();

    /// @param folder in which they are made; made itself when it is first needed
    /// @param setting what names it, for people: `pack.staging-dir`
    public Staging(Path folder, String setting) {
        this.folder = folder;
        this.setting = setting;
    }

    public Path folder() {
        return folder;
    }

    /// An empty folder for a pack, and room for so many bytes in it. What an earlier run left is removed first: a
    /// program of that run that still writes finds its own folder gone, and ends.
    ///
    /// @throws FolderException in a sentence, if it cannot be made or there is not room enough
    public Room open(String pack, long bytes) throws IOException {
        var room = new Room(of(pack), bytes);
        rooms.add(room);
        try {
            remove(pack);
            room.needs(bytes);
            room.make();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (room.own == null) rooms.remove(room);
        }
        return room;
    }

    /// Removes all of a pack, whoever uses it. One that has nothing here is fine.
    public void remove(String pack) throws IOException {
        removeTree(of(pack));
    }

    /// What a write failed with, as a sentence that names the folder.
    public FolderException failed(IOException e) {
        return FolderException.of(folder, setting, e);
    }

    /// A pack's folder, and the room it counts on. Closing removes it.
    public final class Room implements AutoCloseable {
        private final Path pack;
        private volatile @Nullable Path own;
        private volatile long bytes;

        private Room(Path pack, long bytes) {
            this.pack = pack;
            this.bytes = bytes;
        }

        public Path folder() {
            return Objects.requireNonNull(own);
        }

        /// Looks whether so many bytes can lie here, those that do included. Others may fill the disk meanwhile.
        ///
        /// @throws FolderException in a sentence: how much more is needed, how much there is, and where
        public void needs(long bytes) throws IOException {
            this.bytes = bytes;
            var free = Files.getFileStore(FolderException.nearest(folder)).getUsableSpace();
            for (var other : rooms) {
                if (other == this) break;
                free -= other.missing();
            }
            if (free < missing()) throw FolderException.tooSmall(folder, setting, missing(), Math.max(0, free));
        }

        /// Another run of the pack may have a folder beside this by now, which stays.
        @Override
        public void close() throws IOException {
            rooms.remove(this);
            removeTree(folder());
            try {
                Files.deleteIfExists(pack);
            } catch (DirectoryNotEmptyException _) {
                // The other run's, which removes it.
            }
        }

        private void make() throws IOException {
            own = Files.createTempDirectory(Files.createDirectories(pack), "run-");
        }

        /// What it will still write.
        private long missing() throws IOException {
            var made = own;
            return made == null ? bytes : Math.max(0, bytes - bytesIn(made));
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            var bytes = 0L;
            for (var file : files) bytes += sizeOf(file);
            return bytes;
        } catch (NoSuchFileException | DirectoryIteratorException _) {
            return 0; // it is being removed
        }
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0; // uploaded meanwhile
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
