package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.Encryption.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ZIPs under a password, whole and cut: 7-Zip opens them with it. unzip knows no such ZIP.
class EncryptedZipTest {
    private static final String SEED = "0123456789abcdef".repeat(4);
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {200, 201, 209, 223, 255, 299, 400, 1000, 1 << 20})
    void anAwkwardTreeSurvivesVolumesOf(long volumeSize) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")))
                .wholeSeconds();
        opens(folder, folder.plan(options(volumeSize, PASSWORD)), PASSWORD, 317);
    }

    @Test
    void filesOfEveryLengthAroundABlockSurvive() throws Exception {
        var folder = FolderFixture.in(Files.createDirectory(scratch.resolve("in")), "T");
        for (var size : List.of(0, 1, 15, 16, 17, 31, 32, 33, 65_535, 65_536, 65_537, 200_000)) {
            folder.file("file of " + size, size);
        }
        folder.wholeSeconds();
        opens(folder, folder.plan(options(100_000, PASSWORD)), PASSWORD, 4099);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "Schlüssel 钥匙", "emoji \uD83D\uDE80"})
    void anyScriptMakesAPassword(String password) throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")))
                .wholeSeconds();
        opens(folder, folder.plan(options(1000, password)), password, 500);
    }

    @Test
    void theLongestPasswordOpensAndALongerOneIsRefused() throws Exception {
        var folder = FolderFixture.awkward(Files.createDirectory(scratch.resolve("in")))
                .wholeSeconds();
        var longest = "p".repeat(Password.LONGEST_FOR_ZIP);
        opens(folder, folder.plan(options(1000, longest)), longest, 500);

        assertThatThrownBy(() -> folder.plan(options(1000, longest + "p")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("99 characters");
    }

    @Test
    void aWrongPasswordIsRefusedAndDamageIsFound() throws Exception {
        var folder = FolderFixture.in(Files.createDirectory(scratch.resolve("in")), "T")
                .file("a", 5000);
        var first = write(folder.plan(options(10_000, PASSWORD)), 500);
        assertThat(sevenZip(first, PASSWORD).exit()).isZero();
        assertThat(sevenZip(first, "wrong").output()).contains("Wrong password");

        var bytes = Files.readAllBytes(first);
        bytes[2000] ^= 1;
        Files.write(first, bytes);
        assertThat(sevenZip(first, PASSWORD).exit()).isNotZero();
    }

    @Test
    void noContentAndNoTargetOfALinkIsSeenWithoutThePassword() throws Exception {
        var folder = FolderFixture.in(scratch, "T")
                .file("text", "nobody may read this".getBytes(StandardCharsets.UTF_8))
                .link("link", "nobody may see where to");
        var plan = folder.plan(options(10_000, PASSWORD));
        var volume =
                Packing.volumes(Packing.produce(plan, 500, PartLedger.empty())).getFirst();

        assertThat(new String(volume, StandardCharsets.ISO_8859_1))
                .contains("T/text", "T/link")
                .doesNotContain("nobody may");
    }

    @Test
    void whatAZipCannotHideIsRefused() throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", 1);
        var everything = new Encryption(new Password("a"), SEED, Scope.EVERYTHING);

        assertThatThrownBy(() ->
                        folder.plan(ArchiveOptions.whole(ArchiveFormat.ZIP).encrypted(everything)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("choose rar");
    }

    private void opens(FolderFixture folder, ArchivePlan plan, String password, int partSize) throws Exception {
        var first = write(plan, partSize);
        assertThat(TreeDiff.butForLinkTimes(folder.parent(), Extractors.SEVEN_ZIP.extract(first, scratch, password)))
                .isEmpty();
    }

    private Commands.Result sevenZip(Path first, String password) throws Exception {
        return Commands.run(scratch, List.of("7z", "t", "-p" + password, "--", first.toString()));
    }

    private Path write(ArchivePlan plan, int partSize) throws Exception {
        return Packing.write(plan, Files.createTempDirectory(scratch, "volumes"), partSize);
    }

    private static ArchiveOptions options(long volumeSize, String password) {
        return new ArchiveOptions(ArchiveFormat.ZIP, volumeSize)
                .encrypted(new Encryption(new Password(password), SEED, Scope.CONTENTS));
    }
}
