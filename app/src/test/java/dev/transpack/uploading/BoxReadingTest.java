package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.ArchivePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every byte of a pack on the box is read once, also when the first run does not come to its end.
@Timeout(60)
class BoxReadingTest {
    @TempDir
    Path home;

    @Test
    void aRunThatDiedGoesOnBehindThePartsThatWereNoted() throws Exception {
        try (var fixture = new UploadFixture(home).season()) {
            var plan = fixture.plan(12 << 20);
            var whole = run(fixture, plan, "whole");
            try (var dying = new ForgetfulLedger(laid(plan, "twice"), 4)) {
                assertThatThrownBy(() -> new BoxReading(fixture.pack(plan), dying, 1).run())
                        .hasMessageContaining("died");
            }
            // Whoever read it again would have other checksums.
            changeQuietly(fixture.source.resolve("episode 1.mkv"));

            var again = run(fixture, plan, "twice");

            assertThat(again.manifest().toJson()).isEqualTo(whole.manifest().toJson());
            assertThat(again.checksums().toBytes()).isEqualTo(whole.checksums().toBytes());
        }
    }

    @Test
    void itsManifestIsThatOfABucketWithoutAGrade() throws Exception {
        try (var fixture = new UploadFixture(home).season()) {
            var plan = fixture.plan(12 << 20);
            fixture.run(plan);
            var there = fixture.manifest();

            var here = PackManifest.parse(run(fixture, plan, "here").manifest().toJson());

            assertThat(here.files()).isEqualTo(there.files());
            assertThat(here.pack()).isEqualTo(there.pack());
            assertThat(here.volumes()).hasSameSizeAs(there.volumes()).allSatisfy(volume -> {
                assertThat(volume.grade()).isNull();
                assertThat(there.volumes().stream().filter(same -> same.parts().equals(volume.parts())))
                        .hasSize(1);
            });
        }
    }

    private BoxReading.Read run(UploadFixture fixture, ArchivePlan plan, String name) throws Exception {
        try (var ledger = laid(plan, name)) {
            var reading = new BoxReading(fixture.pack(plan), ledger, 3);
            var read = reading.run();
            assertThat(reading.bytes()).isEqualTo(plan.length());
            return read;
        }
    }

    /// A ledger in which the volumes stand, as rows do.
    private LedgerFile laid(ArchivePlan plan, String name) throws IOException {
        var ledger = LedgerFile.open(
                home.resolve(name),
                new LedgerFile.Start(UploadFixture.PACK, plan.fingerprint(), UploadFixture.PART, null));
        if (ledger.volumes().isEmpty())
            for (var volume : plan.volumes())
                ledger.planned(volume.index(), ObjectKey.of("", UploadFixture.PACK, volume.name()));
        return ledger;
    }

    private static void changeQuietly(Path file) throws IOException {
        var time = Files.getLastModifiedTime(file);
        var bytes = Files.readAllBytes(file);
        bytes[100]++;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
    }
}
