package dev.transpack.packing;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.RarBinary;
import java.nio.file.Files;
import java.nio.file.Path;

/// The `rar` program of whoever runs this, and where it may leave volumes.
public record RarTool(Path program, Staging staging) {

    /// The program, ready to run.
    ///
    /// @throws ArchiveException REFUSED in a sentence, if it is not there
    public RarBinary binary() throws ArchiveException {
        if (Files.isExecutable(program)) return new RarBinary(program);
        throw new ArchiveException(
                ArchiveException.Kind.REFUSED,
                "The format rar-binary needs the program rar, and there is none at " + program
                        + ": install it there, set RAR_BINARY_PATH (pack.rar-binary) to where it is,"
                        + " or take the format rar, which needs no program.");
    }
}
