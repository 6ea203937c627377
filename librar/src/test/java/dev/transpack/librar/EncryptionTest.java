package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.Encryption.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Seed, password and fingerprint: the same gives the same, and anything else gives something else.
class EncryptionTest {
    private static final String SEED = "0123456789abcdef".repeat(4);
    private static final String OTHER_SEED = "fedcba9876543210".repeat(4);

    @TempDir
    Path scratch;

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherOneOthers() throws Exception {
        var folder = FolderFixture.awkward(scratch);

        assertThat(bytes(folder, SEED, "a"))
                .isEqualTo(bytes(folder, SEED, "a"))
                .isNotEqualTo(bytes(folder, OTHER_SEED, "a"))
                .isNotEqualTo(bytes(folder, SEED, "b"));
    }

    @Test
    void theSeedOfChangedEntriesGivesOtherSaltsAndVectors() throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", new byte[64]);
        var before = salt(folder);
        folder.modified("a", Instant.ofEpochSecond(1));

        assertThat(before).isNotEqualTo(salt(folder));
    }

    @Test
    void seedScopeAndPasswordChangeTheFingerprint() throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var prints = new ArrayList<String>();
        prints.add(folder.plan(1000).fingerprint());
        for (var scope : Scope.values()) {
            for (var seed : List.of(SEED, OTHER_SEED)) {
                for (var password : List.of("a", "b")) {
                    prints.add(encrypted(folder, seed, password, scope).fingerprint());
                }
            }
        }

        assertThat(prints).hasSize(9).doesNotHaveDuplicates();
        assertThat(encrypted(folder, SEED, "a", Scope.CONTENTS).fingerprint())
                .isEqualTo(encrypted(folder, SEED, "a", Scope.CONTENTS).fingerprint());
    }

    @Test
    void theFingerprintIsTheSameInEveryReleaseThatWritesTheSameBytes() throws Exception {
        var file = new Entry("a", Entry.Kind.FILE, Path.of("/x"), 10, Instant.ofEpochSecond(1), 0100644, null);
        var encryption = new Encryption(new Password("pässword"), SEED, Scope.EVERYTHING);

        assertThat(ArchivePlan.of("p", List.of(file), ArchiveOptions.rar5(500).encrypted(encryption))
                        .fingerprint())
                .isEqualTo("bdc23775e2477ac7030b6d20bb1c0a7c908901694bfdf165ee4bad05b423b871");
    }

    @Test
    void aFreshSeedIsNeverTheSame() {
        assertThat(Encryption.freshSeed()).hasSize(64).isNotEqualTo(Encryption.freshSeed());
        assertThatThrownBy(() -> new Encryption(new Password("a"), "abcd", Scope.CONTENTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPasswordIsNeverPrinted() {
        var encryption = new Encryption(new Password("hunter2"), SEED, Scope.EVERYTHING);
        assertThat(ArchiveOptions.rar5(500).encrypted(encryption).toString())
                .contains("***")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "line\nbreak", "nul\u0000", "half \uD83D pair"})
    void whatCannotBeTypedIsNoPassword(String value) {
        assertThatThrownBy(() -> new Password(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
    }

    @Test
    void aPasswordIsNotLongerThanReadersTakeIt() {
        assertThat(new Password("p".repeat(127)).value()).hasSize(127);
        assertThatThrownBy(() -> new Password("p".repeat(128))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"TAR, a tar cannot have a password", "FILES, files as they are cannot have a password"})
    void whatCannotHaveAPasswordSaysWhatCan(ArchiveFormat format, String why) throws Exception {
        var folder = FolderFixture.awkward(scratch);
        var encryption = new Encryption(new Password("a"), SEED, Scope.CONTENTS);

        assertThatThrownBy(() -> folder.plan(ArchiveOptions.whole(format).encrypted(encryption)))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(why + ": choose rar or zip");
    }

    private static String bytes(FolderFixture folder, String seed, String password) throws Exception {
        var plan = encrypted(folder, seed, password, Scope.EVERYTHING);
        var bytes = new StringBuilder();
        Packing.volumes(Packing.produce(plan, 1000, PartLedger.empty()))
                .forEach(volume -> bytes.append(HexFormat.of().formatHex(volume)));
        return bytes.toString();
    }

    /// 6 bytes into the block that follows the signature's 8 bytes, behind its own 4 of checksum.
    private static String salt(FolderFixture folder) throws Exception {
        return bytes(folder, SEED, "a").substring(2 * 18, 2 * 34);
    }

    private static ArchivePlan encrypted(FolderFixture folder, String seed, String password, Scope scope)
            throws ArchiveException {
        return folder.plan(ArchiveOptions.rar5(1000).encrypted(new Encryption(new Password(password), seed, scope)));
    }
}
