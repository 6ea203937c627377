package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.S3Fault;
import dev.transpack.fixtures.S3Message.Kind;
import dev.transpack.fixtures.SmallDisk;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.PackName;
import dev.transpack.librar.RarOptions;
import dev.transpack.librar.RarPlan;
import dev.transpack.packing.Pack.Grade;
import dev.transpack.packing.RarTool;
import dev.transpack.packing.Staging;
import dev.transpack.settings.FolderException;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real `rar` makes volumes, which arrive; and whatever happens, nothing of them stays on the disk.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagedUploadTest {
    private static final int VOLUME = 12 * UploadFixture.MIB;
    private static final Secret PASSWORD = new Secret("pass word \"'$(x)");

    @TempDir
    Path home;

    private UploadFixture fixture;
    private final List<String> volumes = new ArrayList<>();
    private final AtomicInteger mostStaged = new AtomicInteger();
    private Meanwhile meanwhile = () -> {};

    /// Happens when a volume is about to go up.
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        fixture = new UploadFixture(home);
        fixture.season();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void compressedWithRecoveryRecordAndPasswordItExtractsAsTheSource() throws Exception {
        fixture.file("text.txt", 0);
        Files.writeString(fixture.source.resolve("text.txt"), "the same words again and again\n".repeat(200_000));
        var plan = plan(new RarOptions(VOLUME, 3, 2));

        var sealed = run(plan, PASSWORD);

        assertThat(sealed.grade()).isEqualTo(Grade.STRONG);
        assertThat(fixture.manifest().pack().fingerprint()).isNull();
        assertThat(volumes).hasSize(3).first().asString().endsWith(".part1.rar");
        var first = fetched().resolve(volumes.getFirst()).toString();
        Commands.succeed("unrar", "x", "-idq", "-p" + PASSWORD.reveal(), first, outFolder() + "/");
        Commands.succeed(
                "diff",
                "-r",
                "--no-dereference",
                fixture.source.toString(),
                extracted().toString());
        assertThat(Commands.succeed("unrar", "l", "-p" + PASSWORD.reveal(), first))
                .contains("recovery record", "encrypted headers");
        assertThat(Commands.succeed("unrar", "t", "-p" + PASSWORD.reveal(), first))
                .contains("All OK");
        assertNothingStaged();
    }

    @Test
    void theManifestListsFilesAndVolumes() throws Exception {
        var plan = plan(new RarOptions(VOLUME, 0, 0));
        run(plan, null);

        var manifest = fixture.manifest();
        assertThat(manifest.pack().fingerprint()).isEqualTo(plan.fingerprint());
        assertThat(manifest.files()).hasSameSizeAs(plan.entries()).allSatisfy(file -> {
            assertThat(file.crc32()).isNull();
            assertThat(file.places()).isEmpty();
        });
        var fetched = fetched();
        for (var volume : manifest.volumes()) {
            var bytes = Files.readAllBytes(fetched.resolve(volume.name()));
            var crc = new java.util.zip.CRC32();
            crc.update(bytes);
            assertThat(volume.crc32()).isEqualTo(String.format("%08x", crc.getValue()));
            assertThat(volume.parts().stream()
                            .mapToLong(PackManifest.PartFacts::size)
                            .sum())
                    .isEqualTo(volume.size())
                    .isEqualTo(bytes.length);
        }
    }

    @Test
    void atMostTwoVolumesLieOnTheDiskWhileTheyGoUpSlowly() throws Exception {
        var arrived = new Semaphore(0);
        var release = new CountDownLatch(1);
        fixture.relay.on(Kind.PART, 1, S3Fault.hold(arrived, release));
        var running = Thread.ofPlatform().start(() -> {
            try {
                run(plan(new RarOptions(5 * UploadFixture.MIB, 0, 0)), null);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        arrived.acquire();
        release.countDown();
        running.join();
        assertThat(volumes).hasSizeGreaterThan(5);
        assertThat(mostStaged).hasValueLessThanOrEqualTo(2);
        assertThat(fixture.manifest().volumes()).hasSameSizeAs(volumes);
    }

    @Test
    void onlyWhatWasChosenIsPacked() throws Exception {
        var scan = EntryScan.of(fixture.source, name -> !name.endsWith("2.mkv"));
        var plan = new RarPlan(
                PackName.of("Some.Show.S01"), fixture.source, scan.entries(), false, new RarOptions(VOLUME, 1, 0));
        run(plan, null);

        var first = fetched().resolve(volumes.getFirst()).toString();
        assertThat(Commands.succeed("unrar", "lb", first).lines())
                .contains("Some.Show.S01/episode 1.mkv", "Some.Show.S01/sub/$(touch x).nfo")
                .doesNotContain("Some.Show.S01/episode 2.mkv");
    }

    @Test
    void aStopLeavesNothingOnTheDiskAndTheNextRunBeginsAfresh() throws Exception {
        var plan = plan(new RarOptions(VOLUME, 0, 0));
        try (var ledger = ledger(plan)) {
            assertThatThrownBy(() -> upload(plan, null, ledger, "/usr/bin/rar").run(UploadFixture.stopAfter(4)))
                    .isInstanceOf(UploadFixture.Stopped.class);
            assertNothingStaged();
            assertNoProgram();
            new UploadRemoval(fixture.store, UploadFixture.QUICK).remove(UploadFixture.PACK, ledger);
            ledger.remove();
        }
        assertThat(fixture.server.filesIn(fixture.bucket)).isEmpty();

        run(plan, null);
        assertThat(fixture.server.filesIn(fixture.bucket)).hasSize(volumes.size() + 1);
    }

    @Test
    void whatACrashedRunLeftOnTheDiskIsRemoved() throws Exception {
        var left =
                staging().folder().resolve(UploadFixture.PACK).resolve("run-1").resolve("Some.Show.S01.part1.rar");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "half");

        run(plan(new RarOptions(VOLUME, 0, 0)), null);

        assertNothingStaged();
    }

    @Test
    void aSourceThatChangesMeanwhileFailsThePackByName() throws Exception {
        var plan = plan(new RarOptions(VOLUME, 0, 0));
        fixture.relay.on(Kind.PART, 1, (message, connection) -> {
            Files.writeString(fixture.source.resolve("sub/empty"), "not any more");
            return S3Fault.none().apply(message, connection);
        });

        assertThatThrownBy(() -> run(plan, null))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("sub/empty");
        assertThat(fixture.store.find(ObjectKey.manifest(UploadFixture.PREFIX, UploadFixture.PACK)))
                .isEmpty();
        assertNothingStaged();
    }

    @Test
    void aProgramThatFailsIsToldWithItsLastLines() throws Exception {
        var failing = Files.writeString(home.resolve("failing"), "#!/bin/sh\necho 'Unknown option: x'\nexit 7\n");
        Files.setPosixFilePermissions(failing, PosixFilePermissions.fromString("rwx------"));
        var plan = plan(new RarOptions(VOLUME, 0, 0));
        try (var ledger = ledger(plan)) {
            assertThatThrownBy(
                            () -> upload(plan, null, ledger, failing.toString()).run(_ -> {}))
                    .hasMessageContaining("ended with status 7: Unknown option: x");
        }
        assertNothingStaged();
    }

    @Test
    void aProgramThatIsNotThereIsASentence() throws Exception {
        var plan = plan(new RarOptions(VOLUME, 0, 0));
        try (var ledger = ledger(plan)) {
            assertThatThrownBy(() -> upload(plan, null, ledger, "/nowhere/rar").run(_ -> {}))
                    .hasMessage("The format rar-binary needs the program rar, and there is none at /nowhere/rar:"
                            + " install it there, set RAR_BINARY_PATH (pack.rar-binary) to where it is, or take the"
                            + " format rar, which needs no program.");
        }
    }

    @Test
    void tooLittleRoomIsToldBeforeAnythingHappens() throws Exception {
        var disk = SmallDisk.mount(home, "16m");
        assumeTrue(disk.isPresent(), "only root may mount a disk");
        try (var small = disk.get()) {
            var plan = plan(new RarOptions(VOLUME, 0, 0));
            var rar = new RarTool(Path.of("/usr/bin/rar"), new Staging(small.folder(), "pack.staging-dir"));
            try (var ledger = ledger(plan)) {
                assertThatThrownBy(() -> upload(plan, null, ledger, rar).run(_ -> {}))
                        .isInstanceOf(FolderException.class)
                        .hasMessage("Packing needs 24.0 MiB on the disk of " + small.folder()
                                + ", and 16.0 MiB are free: make room there, or set pack.staging-dir to a folder on"
                                + " another disk.");
            }
            assertThat(small.folder()).isEmptyDirectory();
            assertThat(fixture.relay.seen(Kind.CREATE)).isEmpty();
        }
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsOneSentence() throws Exception {
        var disk = SmallDisk.mount(home, "26m");
        assumeTrue(disk.isPresent(), "only root may mount a disk");
        try (var small = disk.get()) {
            var plan = plan(new RarOptions(VOLUME, 0, 0));
            var rar = new RarTool(Path.of("/usr/bin/rar"), new Staging(small.folder(), "pack.staging-dir"));
            var others = Files.createDirectory(small.folder().resolve("others"));
            meanwhile = () -> fill(others, staged(rar.staging()));
            try (var ledger = ledger(plan)) {
                assertThatThrownBy(() -> upload(plan, null, ledger, rar).run(_ -> {}))
                        .isInstanceOf(FolderException.class)
                        .hasMessageContaining(" on the disk of " + small.folder()) // whoever sees it first: rar, or we
                        .hasMessageEndingWith(
                                ": make room there, or set pack.staging-dir to a folder on another disk.");
            }
            try (var left = Files.list(small.folder())) {
                assertThat(left).hasSize(1);
            }
        }
    }

    /// Until the disk is full, and it stays full when the volumes are removed.
    private static void fill(Path folder, List<Path> volumes) throws IOException {
        for (var volume : volumes) Files.createLink(folder.resolve(volume.getFileName()), volume);
        try (var out = Files.newOutputStream(folder.resolve("filling"))) {
            while (true) out.write(new byte[1 << 20]);
        } catch (IOException e) {
            if (!FolderException.isFull(e)) throw e;
        }
    }

    private RarPlan plan(RarOptions options) throws IOException {
        var entries = EntryScan.of(fixture.source).entries();
        return new RarPlan(PackName.of("Some.Show.S01"), fixture.source, entries, true, options);
    }

    private Staging staging() {
        return new Staging(home.resolve("staging"), "pack.staging-dir");
    }

    private LedgerFile ledger(RarPlan plan) throws IOException {
        return LedgerFile.open(
                home.resolve("state").resolve("one.upload"),
                new LedgerFile.Start(UploadFixture.PACK, plan.fingerprint(), UploadFixture.PART, null));
    }

    private SealedPack run(RarPlan plan, @Nullable Secret password) throws Exception {
        volumes.clear();
        try (var ledger = ledger(plan)) {
            return upload(plan, password, ledger, "/usr/bin/rar").run(_ -> {});
        }
    }

    private StagedUpload upload(RarPlan plan, @Nullable Secret password, LedgerFile ledger, String program) {
        return upload(plan, password, ledger, new RarTool(Path.of(program), staging()));
    }

    private StagedUpload upload(RarPlan plan, @Nullable Secret password, LedgerFile ledger, RarTool rar) {
        return new StagedUpload(
                new StagedPack(UploadFixture.PACK, "Some Show", plan, password, UploadFixture.PART, "test"),
                rar,
                new StagedUpload.Target(fixture.destination(), ledger, (volume, _) -> {
                    volumes.add(volume.name());
                    meanwhile.happens();
                    mostStaged.accumulateAndGet(staged(rar.staging()).size(), Math::max);
                }),
                UploadFixture.SETTINGS,
                PartBody.Pace.UNLIMITED,
                UploadFixture.QUICK);
    }

    private static List<Path> staged(Staging staging) throws IOException {
        if (Files.notExists(staging.folder())) return List.of();
        try (Stream<Path> files = Files.walk(staging.folder())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void assertNothingStaged() {
        assertThat(staging().folder()).isEmptyDirectory();
    }

    private void assertNoProgram() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .noneMatch(process -> process.info().commandLine().orElse("").contains(home.toString()));
    }

    private Path fetched() throws Exception {
        var folder = Files.createDirectories(home.resolve("fetched"));
        for (var volume : fixture.manifest().volumes())
            Files.write(folder.resolve(volume.name()), fixture.store.read(fixture.key(volume.name()), 0, (int)
                    volume.size()));
        return folder;
    }

    private Path outFolder() throws IOException {
        return Files.createDirectories(home.resolve("out"));
    }

    private Path extracted() {
        return home.resolve("out").resolve("Some.Show.S01");
    }
}
