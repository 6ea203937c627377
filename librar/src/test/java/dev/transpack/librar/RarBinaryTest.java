package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The real rar where it can show the behaviour; a stand-in script where it cannot be made to fail on demand.
@Timeout(60)
class RarBinaryTest {
    @TempDir
    Path scratch;

    private Path staging = Path.of("");
    private Path delivered = Path.of("");
    private final List<String> handedOver = new ArrayList<>();

    @BeforeEach
    void folders() throws Exception {
        staging = Files.createDirectory(scratch.resolve("staging"));
        delivered = Files.createDirectory(scratch.resolve("delivered"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 0", "5, 3"})
    void volumesComeOneByOneAndExtractAsTheyWerePacked(int level, int recovery) throws Exception {
        var folder = tree("Top");
        var outcome = rar().pack(request(folder, new RarOptions(300_000, level, recovery)), null, this::deliver);

        assertThat(outcome.warned()).isFalse();
        assertThat(outcome.volumes()).isEqualTo(handedOver.size()).isBetween(2, 9);
        assertThat(handedOver).isSorted().first().isEqualTo("Pack.part1.rar");
        assertThat(staging).isEmptyDirectory();
        assertThat(TreeDiff.between(folder.parent(), Extractors.UNRAR.extract(first(), scratch)))
                .isEmpty();
        if (level == 0) {
            // This 7-Zip (Debian's p7zip-full) comes without the RAR decompressor, so it can only judge what was
            // stored.
            assertThat(TreeDiff.between(folder.parent(), Extractors.SEVEN_ZIP.extract(first(), scratch)))
                    .isEmpty();
        }
    }

    @Test
    void aRecoveryRecordIsThereWhenAskedFor() throws Exception {
        rar().pack(request(tree("Top"), new RarOptions(300_000, 0, 5)), null, this::deliver);

        assertThat(Commands.succeed(scratch, List.of("unrar", "l", first().toString())))
                .contains("recovery record");
    }

    @Test
    void moreVolumesThanTenKeepTheirOrder() throws Exception {
        var folder = tree("Top");
        rar().pack(request(folder, new RarOptions(50_000, 0, 0)), null, this::deliver);

        assertThat(handedOver).hasSizeGreaterThan(10).isSorted().first().isEqualTo("Pack.part01.rar");
        assertThat(TreeDiff.between(folder.parent(), Extractors.UNRAR.extract(first(), scratch)))
                .isEmpty();
    }

    @Test
    void noMoreThanTwoVolumesLieInStaging() throws Exception {
        var most = new AtomicInteger();
        rar().pack(request(tree("Top"), new RarOptions(50_000, 0, 0)), null, (index, volume) -> {
            // left to itself, it would have made all of them before anybody looked
            try (var staged = Files.list(staging)) {
                most.accumulateAndGet((int) staged.count(), Math::max);
            }
            deliver(index, volume);
        });

        assertThat(handedOver).hasSizeGreaterThan(10);
        assertThat(most).hasValue(2);
    }

    @Test
    void aProgramWhoseMasterDiedEndsAtItsNextVolume() throws Exception {
        var folder = tree("Top");
        var command = RarCommand.of(
                RarCommand.program("rar").orElseThrow(), request(folder, new RarOptions(300_000, 0, 0)), false);
        var process = new ProcessBuilder(command.arguments())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isEqualTo(255);
        assertThat(staging.resolve("Pack.part1.rar")).exists();
        assertThat(staging.resolve("Pack.part2.rar")).doesNotExist();
    }

    @Test
    void aFullDiskIsToldAsOne() throws Exception {
        var disk = Files.createDirectory(scratch.resolve("disk"));
        assumeTrue(Commands.run(scratch, List.of("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk.toString()))
                        .exit()
                == 0);
        try {
            var request = new RarRequest(
                    PackName.of("Pack"), tree("Top").path(), List.of(), disk, new RarOptions(300_000, 0, 0));
            assertThatThrownBy(() -> rar().pack(request, null, (index, volume) -> {}))
                    .satisfies(e -> says(
                            e,
                            ArchiveException.Kind.DESTINATION_FAILED,
                            "'" + disk + "' cannot be written: No space left on device"));
            assertThat(disk).isEmptyDirectory();
        } finally {
            Commands.run(scratch, List.of("umount", "--lazy", disk.toString()));
        }
    }

    @Test
    void aDiskWithRoomForAllOfASmallPackIsNotCalledFull() throws Exception {
        var options = new RarOptions(ArchiveOptions.LARGEST_VOLUME, 0, 0);
        var request = new RarRequest(PackName.of("Pack"), tree("Top").path(), List.of(), staging, options, 1_000_000);
        var program = script("echo 'Cannot create Pack.rar'; exit 5");

        assertThatThrownBy(() -> program.pack(request, null, this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.DESTINATION_FAILED, "says: Cannot create Pack.rar"));
    }

    @Test
    void whatFitsInOneVolumeIsAPlainArchive() throws Exception {
        rar().pack(request(tree("Top"), new RarOptions(100_000_000, 0, 0)), null, this::deliver);

        assertThat(handedOver).containsExactly("Pack.rar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "pass word \"'$(x)", "gr\u00fcn \uD83D\uDE80"})
    void aPasswordEncryptsNamesAndContents(String password) throws Exception {
        var folder = tree("Top");
        var outcome = rar().pack(request(folder, new RarOptions(300_000, 1, 0)), password.toCharArray(), this::deliver);

        assertThat(outcome.lastLines().toString()).doesNotContain(password);
        assertThat(Commands.run(scratch, List.of("unrar", "lb", "-pwrong", first().toString()))
                        .output())
                .doesNotContain("big.bin");
        var target = Files.createDirectory(scratch.resolve("out"));
        Commands.succeed(scratch, List.of("unrar", "x", "-idq", "-p" + password, first().toString(), target + "/"));
        assertThat(TreeDiff.between(folder.parent(), target)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rf",
                "@list",
                "$(touch x)",
                "\"; rm -rf .",
                "What?",
                "a*b",
                "new\nline",
                "\uD83D\uDE80",
                " lead"
            })
    void anyFolderNameGoesThroughUntouched(String name) throws Exception {
        var folder = tree(name);
        rar().pack(request(folder, new RarOptions(300_000, 0, 0)), null, this::deliver);

        var target = Extractors.UNRAR.extract(first(), scratch);
        if (name.contains("*") || name.contains("?")) {
            // rar takes these for wildcards, so it packs from inside the folder: the folder's own time is lost
            assertThat(TreeDiff.between(folder.path(), target.resolve(name))).isEmpty();
        } else {
            assertThat(TreeDiff.between(folder.parent(), target)).isEmpty();
        }
    }

    @Test
    void onlyTheChosenFilesArePacked() throws Exception {
        var folder = tree("Top").file("@at", 3).file("-dash", 3);
        var only = List.of("Top/@at", "Top/-dash", "Top/sub/small", "Top/sub");
        rar().pack(
                        new RarRequest(
                                PackName.of("Pack"), folder.path(), only, staging, new RarOptions(300_000, 0, 0)),
                        null,
                        this::deliver);

        assertThat(Commands.succeed(scratch, List.of("unrar", "lb", first().toString()))
                        .lines())
                .containsExactlyInAnyOrderElementsOf(only);
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void aChosenFileWhoseNameIsAWildcardIsRefused() throws Exception {
        var request = new RarRequest(
                PackName.of("Pack"), tree("Top").path(), List.of("Top/What?"), staging, new RarOptions(300_000, 0, 0));

        assertThatThrownBy(() -> rar().pack(request, null, this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.REFUSED, "Top/What?"));
    }

    @Test
    void volumesAlreadyStagedAreRefusedNotUpdated() throws Exception {
        Files.createFile(staging.resolve("Pack.part1.rar"));

        assertThatThrownBy(() -> rar().pack(request(tree("Top"), new RarOptions(300_000, 0, 0)), null, this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.REFUSED, "already"));
        assertThat(staging.resolve("Pack.part1.rar")).exists();
    }

    @Test
    void aSourceThatCannotBeReadFailsThePackAndLeavesNothing() throws Exception {
        var folder = FolderFixture.in(scratch.resolve("in"), "Top").file("fine", 10);
        // rar follows no link here, so the refusing file is the source itself
        var refusing = Path.of("/sys/devices/virtual/net/lo/speed");
        var request = new RarRequest(PackName.of("Pack"), refusing, List.of(), staging, new RarOptions(300_000, 0, 0));

        assertThat(folder.path()).exists();
        assertThatThrownBy(() -> rar().pack(request, null, this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.TOOL_FAILED, "Cannot open speed"));
        assertThat(staging).isEmptyDirectory();
        assertThat(handedOver).isEmpty();
    }

    @Test
    void aWarningIsNoFailureAndIsTold() throws Exception {
        var program = script("touch \"$archive\"; echo 'WARNING: something small'; exit 1");
        var outcome = program.pack(request(tree("Top"), new RarOptions(300_000, 0, 0)), null, this::deliver);

        assertThat(outcome.warned()).isTrue();
        assertThat(outcome.lastLines()).contains("WARNING: something small");
        assertThat(handedOver).containsExactly("Pack.rar");
    }

    @Test
    void aFailureCarriesTheLastLinesAndNothingStaysBehind() throws Exception {
        var program = script("touch \"$archive\"; i=0; while [ $i -lt 30000 ]; do echo line $i; i=$((i+1)); done;"
                + " echo 'gone wrong' >&2; exit 3");

        assertThatThrownBy(() -> program.pack(request(tree("Top"), new RarOptions(300_000, 0, 0)), null, this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.TOOL_FAILED, "status 3", "line 29999\ngone wrong"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("line 100\n"));
        assertThat(staging).isEmptyDirectory();
        assertThat(handedOver).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsAFailureOfTheTool() throws Exception {
        // started through nice, where nice exists, which then says that there is no such program
        var missing = new RarBinary(scratch.resolve("no-such-rar"));

        assertThatThrownBy(() -> missing.pack(request(tree("Top"), new RarOptions(300_000, 0, 0)), null, this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.TOOL_FAILED, "no-such-rar"));
    }

    @Test
    void interruptingEndsTheProgramAndItsChildren() throws Exception {
        var pids = scratch.resolve("pids");
        var program = script("sleep 1000 & echo $! $$ > '" + pids + "'; base=\"${archive%.rar}\";"
                + " touch \"$base.part1.rar\" \"$base.part2.rar\"; sleep 1000");

        assertThatThrownBy(() ->
                        program.pack(request(tree("Top"), new RarOptions(300_000, 0, 0)), null, (index, volume) -> {
                            deliver(index, volume);
                            Thread.currentThread().interrupt();
                        }))
                .isInstanceOf(InterruptedException.class);

        assertThat(handedOver).containsExactly("Pack.part1.rar");
        assertThat(staging).isEmptyDirectory();
        for (var pid : Files.readString(pids).strip().split(" ", -1)) {
            var handle = ProcessHandle.of(Long.parseLong(pid));
            if (handle.isPresent()) {
                handle.get().onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aSinkThatFailsEndsTheProgram() throws Exception {
        var program = script("base=\"${archive%.rar}\"; touch \"$base.part1.rar\" \"$base.part2.rar\"; sleep 1000");

        assertThatThrownBy(() ->
                        program.pack(request(tree("Top"), new RarOptions(300_000, 0, 0)), null, (index, volume) -> {
                            throw new IOException("no room at " + index);
                        }))
                .hasMessage("no room at 0");
        assertThat(staging).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "half \uD83D pair"})
    void passwordsThatCannotBeGivenAreRefused(String password) throws Exception {
        assertThatThrownBy(() -> rar().pack(
                                request(tree("Top"), new RarOptions(300_000, 0, 0)),
                                password.toCharArray(),
                                this::deliver))
                .satisfies(e -> says(e, ArchiveException.Kind.REFUSED, "password"));
    }

    private static RarBinary rar() {
        return RarBinary.find().orElseThrow(() -> new AssertionError("rar is not installed; these tests need it"));
    }

    private RarBinary script(String body) throws Exception {
        var text = "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done; archive=\"$2\"\n" + body + "\n";
        var path = Files.writeString(scratch.resolve("stand-in"), text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        return new RarBinary(path);
    }

    private FolderFixture tree(String name) throws Exception {
        return FolderFixture.in(scratch.resolve("in"), name)
                .file("big.bin", 900_000)
                .file("sub/small", 10)
                .file("empty", 0)
                .folder("empty folder")
                .link("link", "big.bin");
    }

    private RarRequest request(FolderFixture folder, RarOptions options) {
        return new RarRequest(PackName.of("Pack"), folder.path(), List.of(), staging, options);
    }

    private void deliver(int index, Path volume) throws IOException {
        assertThat(index).isEqualTo(handedOver.size());
        handedOver.add(Objects.requireNonNull(volume.getFileName()).toString());
        Files.move(volume, delivered.resolve(handedOver.getLast()));
    }

    private Path first() {
        return delivered.resolve(handedOver.getFirst());
    }

    private static void says(Throwable thrown, ArchiveException.Kind kind, String... words) {
        assertThat(thrown).isInstanceOfSatisfying(ArchiveException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageContainingAll(words);
        });
    }
}
