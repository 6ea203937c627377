package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.transpack.fixtures.Extracted;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.EntryScan;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the form, what comes out of the bucket is what went in.
@Timeout(120)
class UploadFormatsTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path home;

    private UploadFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new UploadFixture(home).season();
        Files.createSymbolicLink(fixture.source.resolve("latest"), Path.of("zz last.mkv"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"ZIP,", "ZIP,12582912", "TAR,", "TAR,12582912", "RAR,12582912"})
    void archivesExtractToTheSource(PackFormat format, Long volumeSize) throws Exception {
        var plan = plan(new PackForm(format, volumeSize, null, null));
        fixture.run(plan);

        fixture.assertArrived(plan);
        var volumes = fixture.fetched(plan);
        var into = home.resolve("extracted");
        switch (format) {
            case TAR -> Extracted.byTar(volumes, into).isSameAs(fixture.source);
            case ZIP -> Extracted.bySevenZip(volumes, into).isSameAs(fixture.source);
            default -> Extracted.byUnrar(volumes, into).isSameAs(fixture.source);
        }
    }

    @Test
    void filesStayAsTheyAre() throws Exception {
        var plan = plan(new PackForm(PackFormat.FILES, null, null, null));
        fixture.run(plan);

        fixture.assertArrived(plan);
        var name = fixture.source.getFileName() + "/sub/$(touch x).nfo";
        assertThat(fixture.store.read(fixture.key(name), 0, 77))
                .isEqualTo(Files.readAllBytes(fixture.source.resolve("sub/$(touch x).nfo")));
        assertThat(fixture.manifest().files())
                .extracting(PackManifest.FileFacts::path, PackManifest.FileFacts::kind, PackManifest.FileFacts::link)
                .contains(
                        tuple(fixture.source.getFileName() + "/sub/empty", "file", null),
                        tuple(fixture.source.getFileName() + "/latest", "symlink", "zz last.mkv"));
    }

    /// A header that the end of a volume cuts waits in two volumes at once.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6})
    void aSplitZipGoesOnWhereItStopped(int parts) throws Exception {
        var plan = plan(new PackForm(PackFormat.ZIP, 6L * UploadFixture.MIB, null, null));
        try (var ledger = fixture.ledger(plan)) {
            fixture.upload(plan, ledger).run(UploadFixture.stopAfter(parts));
        } catch (UploadFixture.Stopped _) {
            // as a process that is killed
        }
        fixture.run(plan);
        fixture.assertArrived(plan);
    }

    @ParameterizedTest
    @CsvSource({"RAR,12582912", "ZIP,", "ZIP,12582912"})
    void aPasswordOpensIt(PackFormat format, Long volumeSize) throws Exception {
        var plan = encrypted(new PackForm(format, volumeSize, null, null));
        fixture.run(plan);

        fixture.assertArrived(plan);
        var volumes = fixture.fetched(plan);
        Extracted.bySevenZip(volumes, home.resolve("extracted"), PASSWORD).isSameAs(fixture.source);
        var opened = fixture.manifest().opened(PASSWORD);
        ManifestSchema.assertDescribes(opened.toJson());
        assertThat(opened.files())
                .allSatisfy(file -> assertThat(file.cipher() != null).isEqualTo(file.size() > 0));
    }

    @Test
    void whatAPasswordHidesStandsNowhere() throws Exception {
        var plan = encrypted(new PackForm(PackFormat.RAR, 12L * UploadFixture.MIB, null, null));
        fixture.run(plan);

        for (var object : fixture.server.filesIn(fixture.bucket)) {
            var bytes = Files.readAllBytes(
                    fixture.server.directory().resolve(fixture.bucket).resolve(object));
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                    .as(object)
                    .doesNotContain("episode", "touch x", PASSWORD);
        }
        var manifest = fixture.manifest();
        assertThat(manifest.files()).isEmpty();
        assertThat(manifest.opened(PASSWORD).files())
                .extracting(PackManifest.FileFacts::path)
                .contains(fixture.source.getFileName() + "/episode 1.mkv");
        assertThatThrownBy(() -> manifest.opened("another")).hasMessageContaining("password is not that of this pack");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void anEncryptedPackGoesOnWhereItStopped(int parts) throws Exception {
        var form = new PackForm(PackFormat.RAR, 12L * UploadFixture.MIB, null, null);
        var plan = encrypted(form);
        try (var ledger = fixture.ledger(plan)) {
            fixture.upload(plan, ledger).run(UploadFixture.stopAfter(parts));
        } catch (UploadFixture.Stopped _) {
            // as a process that is killed
        }
        fixture.run(encrypted(form));
        fixture.assertArrived(plan);
    }

    private ArchivePlan encrypted(PackForm form) throws IOException {
        var entries = EntryScan.of(fixture.source).entries();
        var complete = form.or(PackForm.STANDARD);
        return complete.plan("pack-0001", entries, complete.encryption(new Secret(PASSWORD), "ab".repeat(32)));
    }

    private ArchivePlan plan(PackForm form) throws IOException {
        var entries = EntryScan.of(fixture.source).entries();
        return form.or(PackForm.STANDARD).plan(fixture.source.getFileName().toString(), entries, null);
    }
}
