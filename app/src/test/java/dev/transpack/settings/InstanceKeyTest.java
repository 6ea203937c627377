package dev.transpack.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceKeyTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensWithTheSameKeyOnly() {
        var sealed = InstanceKey.of(folder.resolve("a")).seal("token ✓");
        assertThat(sealed).doesNotContain("token");
        assertThat(InstanceKey.of(folder.resolve("a")).open(sealed)).isEqualTo("token ✓");
        assertThatThrownBy(() -> InstanceKey.of(folder.resolve("b")).open(sealed))
                .hasMessageContaining("another instance key");
    }

    @Test
    void theKeyIsItsOwnersAloneAndADamagedOneIsNamed() throws Exception {
        InstanceKey.of(folder);
        var file = folder.resolve("instance.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "AAAA");
        assertThatThrownBy(() -> InstanceKey.of(folder)).hasMessageContaining(file.toString());
    }
}
