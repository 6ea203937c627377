package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the plan says of a file is enough to take it out alone, from any byte on.
@Timeout(120)
class DecryptionTest {
    private static final Password PASSWORD = new Password("correct horse");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource(names = {"RAR5", "ZIP"})
    void everyFileOpensFromAnyByteOn(ArchiveFormat format) throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", 2001).file("b", 1).file("c", 4000);
        folder.file("empty", 0);
        var plan = folder.plan(options(format));
        var volumes = Packing.volumes(Packing.produce(plan, 317, PartLedger.empty()));
        var decryption = new Decryption(PASSWORD);
        for (var entry = 0; entry < plan.entries().size(); entry++) {
            var cipher = plan.cipher(entry);
            if (cipher == null) {
                assertThat(plan.entries().get(entry).size()).isZero();
                continue;
            }
            var content = Files.readAllBytes(plan.entries().get(entry).source());
            var stored = stored(plan, volumes, entry, cipher);
            for (var position = 0; position < content.length; position += 1 + position / 40) {
                assertOpens(decryption, cipher, stored, content, position);
            }
        }
    }

    @Test
    void whatNoArchiveHasIsRefused() {
        var good = "00".repeat(16);
        assertThat(new ContentCipher(1000, good, null).storedLength(17)).isEqualTo(17);
        assertThat(new ContentCipher(1000, good, good).storedLength(17)).isEqualTo(32);
        for (var bad : List.of("", "0".repeat(31), "x".repeat(32))) {
            assertThatThrownBy(() -> new ContentCipher(1000, bad, good)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new ContentCipher(1000, good, bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new ContentCipher(Integer.MAX_VALUE, good, good))
                .hasMessageContaining("cipher");
    }

    private static void assertOpens(
            Decryption decryption, ContentCipher cipher, byte[] stored, byte[] content, int position) {
        var lead = Arrays.copyOfRange(stored, position - cipher.lead(position), position);
        var opening = decryption.from(cipher, position, lead);
        var from = (int) opening.position();
        assertThat(from).isBetween(position - 15, position);
        var opened = new ByteArrayOutputStream();
        for (var at = position; at < stored.length; at += 37) {
            var bite = Arrays.copyOfRange(stored, at, Math.min(stored.length, at + 37));
            opened.writeBytes(opening.open(bite, bite.length));
        }
        assertThat(Arrays.copyOf(opened.toByteArray(), content.length - from))
                .isEqualTo(Arrays.copyOfRange(content, from, content.length));
        assertThat(opening.position()).isEqualTo(cipher.storedLength(content.length));
    }

    /// The pieces of a file, and what fills its last block up.
    private static byte[] stored(ArchivePlan plan, List<byte[]> volumes, int entry, ContentCipher cipher) {
        var stored = new ByteArrayOutputStream();
        var pieces = plan.pieces(entry);
        for (var piece : pieces) {
            var length = piece.equals(pieces.getLast())
                    ? cipher.storedLength(plan.entries().get(entry).size()) - piece.offsetInFile()
                    : piece.length();
            stored.write(volumes.get(piece.volume()), (int) piece.offsetInVolume(), (int) length);
        }
        return stored.toByteArray();
    }

    private static ArchiveOptions options(ArchiveFormat format) {
        var scope = format == ArchiveFormat.RAR5 ? Encryption.Scope.EVERYTHING : Encryption.Scope.CONTENTS;
        var encryption = new Encryption(PASSWORD, "ab".repeat(32), scope);
        return new ArchiveOptions(format, 900).encrypted(encryption);
    }
}
