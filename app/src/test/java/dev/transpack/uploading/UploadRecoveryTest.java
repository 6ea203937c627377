package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.ArchiveFormat;
import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Encryption;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.Password;
import dev.transpack.librar.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// With recovery data, what lies in the bucket mends a volume that was damaged.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadRecoveryTest {
    private static final int VOLUME = 12 * UploadFixture.MIB;
    /// So much that the recovery data of a whole volume are two parts.
    private static final int PERCENT = 45;

    @TempDir
    Path home;

    private UploadFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new UploadFixture(home);
        fixture.recovery = PERCENT;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDamagedVolumeIsMendedByWhatLiesBesideIt() throws Exception {
        var plan = fixture.season().plan(VOLUME);

        fixture.run(plan);

        fixture.assertArrived(plan);
        var fetched = fixture.fetched(plan);
        for (var volume : plan.volumes()) {
            var path = fetched.resolve(volume.name());
            var good = Files.readAllBytes(path);
            var bad = good.clone();
            for (var i = 7; i < bad.length; i += bad.length / 5) bad[i] ^= 0x10;
            Files.write(path, bad);
            repair(path);
            assertThat(path).hasBinaryContent(good);
        }
    }

    @Test
    void theManifestAndTheProgressCountTheRecoveryData() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        var files = fixture.files(plan);

        fixture.run(plan);

        assertThat(fixture.manifest().volumes().stream()
                        .map(PackManifest.VolumeFacts::name)
                        .toList())
                .isEqualTo(files.volumes().stream().map(Volume::name).toList());
        assertThat(fixture.manifest().volumes().stream()
                        .mapToLong(PackManifest.VolumeFacts::size)
                        .sum())
                .isEqualTo(files.length());
        assertThat(fixture.pack(plan).parts())
                .isEqualTo(fixture.relay.partsAccepted().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 9, 11, 13, 16})
    void afterACrashTheRestIsMadeAgain(int partsBeforeTheCrash) throws Exception {
        var plan = fixture.season().plan(VOLUME);
        crashAfter(partsBeforeTheCrash, plan, false);

        fixture.run(plan);

        var accepted = fixture.relay.partsAccepted();
        assertThat(accepted.size() - accepted.stream().distinct().count()).isLessThanOrEqualTo(UploadFixture.IN_FLIGHT);
        fixture.assertArrived(plan);
    }

    @ParameterizedTest
    @CsvSource({"ZIP, 2", "ZIP, 9", "TAR, 3"})
    void soItIsWhereHeadersWaitForOtherVolumes(ArchiveFormat format, int partsBeforeTheCrash) throws Exception {
        fixture.season();
        var plan = ArchivePlan.of(
                "Show", EntryScan.of(fixture.source).entries(), new ArchiveOptions(format, 6L * UploadFixture.MIB));
        crashAfter(partsBeforeTheCrash, plan, false);

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 11})
    void soItIsWhenThePackHasAPassword(int partsBeforeTheCrash) throws Exception {
        fixture.season();
        var encryption = new Encryption(new Password("pw"), "0123456789abcdef".repeat(4), Encryption.Scope.EVERYTHING);
        var options = ArchiveOptions.rar5(VOLUME).encrypted(encryption);
        var plan = ArchivePlan.of("Show", EntryScan.of(fixture.source).entries(), options);
        crashAfter(partsBeforeTheCrash, plan, false);

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void filesThatStayAsTheyAreHaveItBesideThem() throws Exception {
        fixture.season();
        var plan = ArchivePlan.of(
                "Show", EntryScan.of(fixture.source).entries(), ArchiveOptions.whole(ArchiveFormat.FILES));

        fixture.run(plan);

        fixture.assertArrived(plan);
        var fetched = fixture.fetched(plan);
        for (var volume : plan.volumes()) {
            var path = fetched.resolve(volume.name());
            var good = Files.readAllBytes(path);
            var bad = good.clone();
            bad[bad.length / 3] ^= 0x10;
            Files.write(path, bad);
            repair(path);
            assertThat(path).hasBinaryContent(good);
        }
    }

    @Test
    void aCrashBetweenCompleteAndItsRowIsMadeGood() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        crashAfter(Integer.MAX_VALUE, plan, true);

        fixture.run(plan);

        fixture.assertArrived(plan);
    }

    @Test
    void takenBackTheRecoveryDataGoesToo() throws Exception {
        var plan = fixture.season().plan(VOLUME);
        fixture.run(plan);

        try (var ledger = fixture.ledger(plan)) {
            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, ledger);
        }

        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();
    }

    private void crashAfter(int parts, ArchivePlan plan, boolean forgets) throws Exception {
        var ledger = new ForgetfulLedger(fixture.ledger(plan), parts, forgets);
        try {
            assertThatThrownBy(() -> fixture.upload(plan, ledger).run(_ -> {})).isInstanceOf(IOException.class);
        } finally {
            ledger.close();
        }
        fixture.relay.settle();
    }

    private static void repair(Path volume) throws Exception {
        var process = new ProcessBuilder(List.of("par2", "repair", "-q", volume.getFileName() + ".par2"))
                .directory(volume.getParent().toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
