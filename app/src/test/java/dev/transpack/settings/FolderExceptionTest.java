package dev.transpack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderExceptionTest {
    @TempDir
    Path folder;

    @Test
    void aFileIsNoFolder() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(FolderException.problem(file.resolve("data"), "data-dir"))
                .hasValue(file + " is a file, not a folder: set data-dir to a folder.");
    }

    @Test
    void whereNothingCanBeKeptNoFolderIsMade() {
        assertThat(FolderException.problem(Path.of("/proc/xx"), "data-dir"))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("The folder /proc/xx cannot be made")
                        .endsWith("set data-dir to a folder that this user may write to."));
    }

    @Test
    void aFolderThatIsWellOrCanBeMadeHasNoProblem() {
        assertThat(FolderException.problem(folder.resolve("new/one"), "data-dir"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
    void aFullDiskIsCalledThat(String said) {
        var failure = new IOException("outer", new FileSystemException("x", null, said));
        assertThat(FolderException.of(folder, "--output", failure))
                .hasMessage("There is no room left on the disk of " + folder
                        + ": make room there, or set --output to a folder on another disk.");
    }

    @Test
    void whateverElseItWasNoClassNameIsShown() {
        assertThat(FolderException.of(folder, "data-dir", new AccessDeniedException("x")))
                .hasMessage("The folder " + folder + " cannot be written to: set data-dir to a folder that this user"
                        + " may write to.");
        assertThat(FolderException.of(folder, "data-dir", new FileSystemException("x", null, "Read-only file system")))
                .hasMessageContaining("cannot be written to (Read-only file system): ");
    }
}
