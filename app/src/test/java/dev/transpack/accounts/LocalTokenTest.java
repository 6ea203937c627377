package dev.transpack.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files by which commands on the same machine find the running server.
class LocalTokenTest {
    @TempDir
    Path folder;

    @Test
    void whereAServerListensIsNotedUntilItStops() throws Exception {
        var local = new LocalToken(folder);
        var here = URI.create("http://127.0.0.1:9000/");
        assertThat(local.address()).isEmpty();
        local.listens(here);
        assertThat(local.address()).contains(here);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cli-address"))))
                .isEqualTo("rw-------");
        local.stopped(URI.create("http://127.0.0.1:9001/"));
        assertThat(local.address()).as("another server's stop").contains(here);
        local.stopped(here);
        assertThat(local.address()).isEmpty();
    }

    @Test
    void aTokenFileThatCannotBeReadIsOneSentence() throws Exception {
        Files.createDirectory(folder.resolve("cli-token"));
        assertThatThrownBy(() -> new LocalToken(folder).read())
                .hasMessageContaining("cli-token cannot be read: give it to the user who runs Transpack");
    }
}
