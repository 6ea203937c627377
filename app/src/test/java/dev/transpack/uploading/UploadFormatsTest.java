package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.transpack.fixtures.Extracted;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.EntryScan;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import java.io.IOException;
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

    private ArchivePlan plan(PackForm form) throws IOException {
        var entries = EntryScan.of(fixture.source).entries();
        return form.or(PackForm.STANDARD).plan(fixture.source.getFileName().toString(), entries);
    }
}
