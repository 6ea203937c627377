package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.Encryption.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RAR5-compatible volumes under a password: unrar and 7-Zip open them with it, and nobody without it.
class EncryptedRar5Test {
    private static final String SEED = "0123456789abcdef".repeat(4);
    private static final String PASSWORD = "correct horse";
    private static final List<String> NAMES = List.of("a-big", "nested", "film.mkv", "Top", "an empty folder");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(ints = {330, 331, 337, 352, 383, 400, 512, 777, 1000, 5000})
    void anAwkwardTreeSurvivesVolumesOf(int volumeSize) throws Exception {
        survives(volumeSize);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("everySize")
    void anAwkwardTreeSurvivesEveryVolumeSizeFrom330To600(int volumeSize) throws Exception {
        survives(volumeSize);
    }

    static IntStream everySize() {
        return IntStream.rangeClosed(330, 600);
    }

    @ParameterizedTest
    @EnumSource
    void filesOfEveryLengthAroundABlockSurvive(Scope scope) throws Exception {
        var folder = FolderFixture.in(Files.createDirectory(scratch.resolve("in")), "T");
        for (var size : List.of(0, 1, 15, 16, 17, 31, 32, 33, 65_535, 65_536, 65_537, 200_000)) {
            folder.file("file of " + size, size);
        }
        opens(folder, folder.plan(options(100_000, PASSWORD, scope)), PASSWORD, 4099);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "Schlüssel 钥匙", "emoji \uD83D\uDE80", "'quoted\" \\ *"})
    void anyScriptMakesAPassword(String password) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        opens(folder, folder.plan(options(1000, password, Scope.EVERYTHING)), password, 500);
    }

    @Test
    void theLongestPasswordOpensAndItsBeginningDoesNot() throws Exception {
        var longest = "p".repeat(Password.LONGEST);
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        var plan = folder.plan(options(1000, longest, Scope.EVERYTHING));
        opens(folder, plan, longest, 500);
        assertThat(unrar(write(plan, 500), longest.substring(1)).exit()).isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsRefused(Scope scope) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        var first = write(folder.plan(options(1000, PASSWORD, scope)), 500);

        assertThat(unrar(first, "wrong").output()).contains("Incorrect password");
        assertThat(unrar(first, PASSWORD).exit()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void damageIsFound(Scope scope) throws Exception {
        var folder = FolderFixture.in(Files.createDirectory(scratch.resolve("in")), "T")
                .file("a", 5000);
        var first = write(folder.plan(options(10_000, PASSWORD, scope)), 500);
        var bytes = Files.readAllBytes(first);
        bytes[2000] ^= 1;
        Files.write(first, bytes);

        assertThat(unrar(first, PASSWORD).exit()).isNotZero();
    }

    @Test
    void noNameAndNoContentIsSeenWithoutThePassword() throws Exception {
        var text = "nobody may read this".repeat(20);
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")))
                .file("text", text.getBytes(StandardCharsets.UTF_8));

        var seen = seen(folder.plan(options(1000, PASSWORD, Scope.EVERYTHING)));
        assertThat(seen).doesNotContain(NAMES).doesNotContain("nobody may");
        assertThat(seen(folder.plan(options(1000, PASSWORD, Scope.CONTENTS))))
                .contains(NAMES)
                .doesNotContain("nobody may");
        assertThat(seen(folder.plan(1000))).contains(NAMES).contains("nobody may");
    }

    @Test
    void equalFilesDoNotLookEqual() throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", new byte[64]).file("b", new byte[64]);
        var plan = folder.plan(options(10_000, PASSWORD, Scope.CONTENTS));
        var volume =
                Packing.volumes(Packing.produce(plan, 4096, PartLedger.empty())).getFirst();

        var blocks = plan.entries().stream()
                .filter(entry -> entry.kind() == Entry.Kind.FILE)
                .map(plan.entries()::indexOf)
                .map(entry -> plan.pieces(entry).getFirst())
                .map(piece -> new String(
                        volume, (int) piece.offsetInVolume(), (int) piece.length(), StandardCharsets.ISO_8859_1))
                .toList();
        assertThat(blocks).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void piecesTellTheFileNotWhatFillsItsLastBlock() throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", 1001);
        var pieces = folder.plan(options(400, PASSWORD, Scope.EVERYTHING)).pieces(0);

        assertThat(pieces.stream().mapToLong(Piece::length).sum()).isEqualTo(1001);
        assertThat(pieces)
                .hasSizeGreaterThan(2)
                .allSatisfy(piece -> assertThat(piece.offsetInFile() % 16).isZero());
    }

    @Test
    void aVolumeTooSmallIsRefusedWithTheSizeThatWouldDo() throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", 1001);
        assertThatThrownBy(() -> folder.plan(options(200, PASSWORD, Scope.EVERYTHING)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("at least");
    }

    private void survives(int volumeSize) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")));
        for (var scope : Scope.values()) {
            opens(folder, folder.plan(options(volumeSize, PASSWORD, scope)), PASSWORD, 317);
        }
    }

    private void opens(FolderFixture folder, ArchivePlan plan, String password, int partSize) throws Exception {
        var first = write(plan, partSize);
        assertThat(plan.volumes()).allSatisfy(volume -> {
            assertThat(volume.length()).isLessThanOrEqualTo(plan.options().volumeSize());
            assertThat(first.resolveSibling(volume.name())).hasSize(volume.length());
        });
        for (var reader : Extractors.values()) {
            assertThat(TreeDiff.between(folder.parent(), reader.extract(first, scratch, password)))
                    .as("%s, %s", reader, plan.options())
                    .isEmpty();
        }
    }

    private Commands.Result unrar(Path first, String password) throws Exception {
        return Commands.run(scratch, List.of("unrar", "t", "-p" + password, "--", first.toString()));
    }

    private static String seen(ArchivePlan plan) throws Exception {
        var seen = new StringBuilder();
        for (var volume : Packing.volumes(Packing.produce(plan, 512, PartLedger.empty()))) {
            seen.append(new String(volume, StandardCharsets.ISO_8859_1));
        }
        return seen.toString();
    }

    private Path write(ArchivePlan plan, int partSize) throws Exception {
        return Packing.write(plan, Files.createTempDirectory(scratch, "volumes"), partSize);
    }

    private static ArchiveOptions options(long volumeSize, String password, Scope scope) {
        return ArchiveOptions.rar5(volumeSize).encrypted(new Encryption(new Password(password), SEED, scope));
    }
}
