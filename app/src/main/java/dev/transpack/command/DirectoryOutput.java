package dev.transpack.command;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.DirectoryWriter;
import dev.transpack.librar.Part;
import dev.transpack.librar.PartLedger;
import dev.transpack.librar.PartStream;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Volumes as files of a directory; none has its name before all are whole.
record DirectoryOutput(Path directory, ArchivePlan plan, ProgressLine line) {
    private static final int PART_SIZE = 4 << 20;
    private static final int BUFFERS = 4;

    /// @return where they are
    String write() throws IOException, InterruptedException {
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

    private String written() throws IOException, InterruptedException {
        try (var stream = new PartStream(plan, PART_SIZE, PartLedger.empty(), BUFFERS);
                var writer = new DirectoryWriter(plan, directory)) {
            var done = 0L;
            for (var part = stream.next(); part != null; part = stream.next()) {
                done += write(writer, part);
                line.show(done, plan.length());
            }
            plan.verifySources();
            writer.commit();
        }
        return directory.toString();
    }

    private static int write(DirectoryWriter writer, Part part) throws ArchiveException {
        try (part) {
            writer.write(part);
            return part.length();
        }
    }
}
