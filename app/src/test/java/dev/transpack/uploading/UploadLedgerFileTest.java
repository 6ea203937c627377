package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a file, and what a crash can do to one.
class UploadLedgerFileTest extends UploadLedgerContract {
    private static final LedgerFile.Start START = new LedgerFile.Start("pack-1", "fingerprint", 5 << 20, null);
    private static final ObjectKey KEY = ObjectKey.of("", "pack-1", "a.rar");

    @TempDir
    Path home;

    private @Nullable LedgerFile open;

    @Override
    UploadLedger reopened() throws IOException {
        close();
        var opened = LedgerFile.open(path(), START);
        open = opened;
        return opened;
    }

    @AfterEach
    void close() throws IOException {
        if (open != null) open.close();
    }

    @Test
    void aTornLastLineIsDropped() throws Exception {
        reopened().planned(0, KEY);
        reopened().accepted(0, part(1, "whole"));
        var whole = Files.size(path());
        reopened().accepted(0, part(2, "torn"));
        close();
        var all = Files.readAllBytes(path());
        for (var end = (int) whole; end < all.length; end += 7) {
            Files.write(path(), java.util.Arrays.copyOf(all, end));
            assertThat(reopened().parts(0)).containsExactly(part(1, "whole"));
            reopened().accepted(0, part(2, "again"));
            assertThat(reopened().parts(0)).containsExactly(part(1, "whole"), part(2, "again"));
            close();
        }
    }

    @Test
    void itsFirstLineStaysWhatTheFirstRunWrote() throws Exception {
        reopened();
        close();
        try (var later = LedgerFile.open(path(), new LedgerFile.Start("pack-2", "other", 6 << 20, null))) {
            assertThat(later.start()).isEqualTo(START);
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        reopened();
        assertThat(Files.getPosixFilePermissions(path())).hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        reopened();
        assertThatThrownBy(() -> LedgerFile.open(path(), START)).hasMessageContaining("already running");
    }

    @Test
    void anotherFileIsLeftAlone() throws Exception {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), "my shopping list\n", StandardOpenOption.CREATE_NEW);

        assertThatThrownBy(this::reopened).isInstanceOf(IOException.class).hasMessageContaining("not an upload");
        assertThat(path()).hasContent("my shopping list");
    }

    @Test
    void theSameCommandFindsTheSameFile() {
        var one = LedgerFile.pathFor(home, "/a", "s3://b/c");
        assertThat(LedgerFile.pathFor(home, "/a", "s3://b/c")).isEqualTo(one).hasParentRaw(home);
        assertThat(LedgerFile.pathFor(home, "/a", "s3://b/d")).isNotEqualTo(one);
    }

    @Test
    void removedItIsGone() throws Exception {
        reopened();
        if (open != null) open.remove();
        assertThat(path()).doesNotExist();
    }

    private Path path() {
        return home.resolve("deep").resolve("er").resolve("one.upload");
    }
}
