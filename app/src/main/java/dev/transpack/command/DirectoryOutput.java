package dev.transpack.command;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.DirectoryWriter;
import dev.transpack.librar.Entry;
import dev.transpack.librar.Part;
import dev.transpack.librar.PartLedger;
import dev.transpack.librar.PartStream;
import dev.transpack.librar.RangeReader;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Volumes, and their recovery data, as files of a directory; none has its name before all are whole.
record DirectoryOutput(Path directory, RecoveryPlan files, ProgressLine line) {
    private static final int PART_SIZE = 4 << 20;
    private static final int BUFFERS = 4;

    /// @param source what is packed
    /// @return where they are
    String write(Path source) throws IOException, InterruptedException {
        requireOutside(source);
        try {
            Files.createDirectories(directory);
            return written();
        } catch (FileSystemException e) {
            throw FolderException.of(directory, "--output", e);
        } catch (ArchiveException e) {
            if (e.kind() == ArchiveException.Kind.DESTINATION_FAILED && e.getCause() instanceof IOException cause)
                throw FolderException.of(directory, "--output", cause);
            throw e;
        }
    }

    /// A folder that is packed would change by what is written into it.
    private void requireOutside(Path source) throws IOException {
        var there =
                FolderException.nearest(directory.toAbsolutePath().normalize()).toRealPath();
        var root = source.toRealPath();
        if (!there.startsWith(root)) return;
        var folder = source.resolve(root.relativize(there));
        for (var entry : files.plan().sources())
            if (entry.kind() == Entry.Kind.DIRECTORY && entry.source().equals(folder))
                throw new ArchiveException(
                        ArchiveException.Kind.REFUSED,
                        "'" + directory + "' lies in what is packed: set --output to a folder outside of it, or leave"
                                + " that one out");
    }

    private String written() throws IOException, InterruptedException {
        var plan = files.plan();
        try (var stream = new PartStream(plan, PART_SIZE, PartLedger.empty(), BUFFERS);
                var reader = stream.rangeReader();
                var writer = new DirectoryWriter(files, directory)) {
            var done = 0L;
            for (var part = stream.next(); part != null; part = stream.next()) {
                done += part.length();
                if (write(writer, part) && files.hasRecovery()) done += recovery(part.volume(), reader, writer);
                line.show(done, files.length());
            }
            plan.verifySources();
            writer.commit();
        }
        return directory.toString();
    }

    private static boolean write(DirectoryWriter writer, Part part) throws ArchiveException {
        try (part) {
            return writer.write(part);
        }
    }

    /// Reads a volume that is whole once more, for what mends it.
    ///
    /// @return bytes written
    private long recovery(int volume, RangeReader reader, DirectoryWriter writer)
            throws IOException, InterruptedException {
        var data = files.make(volume, reader);
        var index = files.indexFile(volume);
        return write(writer, index, data.index()) + write(writer, index + 1, data.recovery());
    }

    private static long write(DirectoryWriter writer, int file, InputStream bytes) throws IOException {
        var offset = 0L;
        for (var next = bytes.readNBytes(PART_SIZE); next.length > 0; next = bytes.readNBytes(PART_SIZE)) {
            writer.write(file, offset, ByteBuffer.wrap(next));
            offset += next.length;
        }
        return offset;
    }
}
