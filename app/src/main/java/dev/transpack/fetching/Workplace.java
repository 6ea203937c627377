package dev.transpack.fetching;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// A folder beside what is to be made, in which it is made: unfinished files never bear their names. One small file
/// in it notes the parts that were written, so that the same command goes on after any end of the process. It is not
/// forced to the disk: after a loss of power a note may say more than the disk holds, which the checksum of the file
/// then tells.
final class Workplace implements AutoCloseable {
    private static final String PREFIX = ".transpack-get-";

    private final Path folder;
    private final FileChannel notes;
    private final BitSet done;

    private Workplace(Path folder, FileChannel notes, BitSet done) {
        this.folder = folder;
        this.notes = notes;
        this.done = done;
    }

    /// Makes it, or takes up the one that an earlier run left.
    ///
    /// @param id of what is made
    /// @throws FetchException if another process works there
    static Workplace open(Path directory, String id) throws IOException {
        var folder = directory.resolve(PREFIX + id);
        Files.createDirectories(folder.resolve("files"));
        var notes = FileChannel.open(
                folder.resolve("parts"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(notes, folder);
            return new Workplace(folder, notes, read(notes));
        } catch (IOException e) {
            notes.close();
            throw e;
        }
    }

    /// Where an item is until it is whole.
    Path file(Item item) {
        return folder.resolve("files").resolve(item.path());
    }

    /// Makes room for a file.
    ///
    /// @return whether it was there, from an earlier run
    boolean prepare(Item item) throws IOException {
        var file = file(item);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == item.size()) return true;
        Files.createDirectories(file.getParent());
        try (var made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(item.size());
        }
        return false;
    }

    synchronized boolean isDone(FetchPart part) {
        return done.get(part.number());
    }

    /// A part was written.
    synchronized void done(FetchPart part) throws IOException {
        done.set(part.number());
        note("+" + part.number());
    }

    /// Parts are to be written again.
    synchronized void forget(List<FetchPart> parts) throws IOException {
        for (var part : parts) {
            if (!done.get(part.number())) continue;
            done.clear(part.number());
            note("-" + part.number());
        }
    }

    /// Everything was taken out of it.
    synchronized void emptied() {
        done.clear();
    }

    /// Keeps what another run can go on with; without any it is removed.
    @Override
    public synchronized void close() throws IOException {
        try (notes) {
            if (done.isEmpty()) remove();
        }
    }

    private void remove() throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }

    private void note(String line) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) notes.write(bytes);
    }

    /// A line that a crash tore is cut off; the next follows there.
    private static BitSet read(FileChannel notes) throws IOException {
        var bytes = ByteBuffer.allocate(Math.toIntExact(notes.size()));
        while (bytes.hasRemaining() && notes.read(bytes) >= 0) {}
        var text = new String(bytes.array(), StandardCharsets.US_ASCII);
        var whole = text.substring(0, text.lastIndexOf('\n') + 1);
        notes.truncate(whole.length()).position(whole.length());
        var done = new BitSet();
        for (var line : whole.lines().toList())
            if (line.matches("[+-][0-9]{1,9}")) done.set(Integer.parseInt(line.substring(1)), line.startsWith("+"));
        return done;
    }

    private static void lock(FileChannel notes, Path folder) throws IOException {
        try {
            if (notes.tryLock() != null) return;
        } catch (OverlappingFileLockException _) {
            // said below
        }
        throw FetchException.endsIt("Another transpack is fetching the same at this moment (" + folder + ").");
    }
}
