package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is visible before the commit, and nothing of others is overwritten.
class DirectoryWriterTest {
    @TempDir
    Path scratch;

    private Path target = Path.of("");

    @BeforeEach
    void folder() throws Exception {
        target = Files.createDirectory(scratch.resolve("target"));
    }

    @Test
    void volumesGetTheirNamesAtTheCommit() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);
        try (var stream = new PartStream(plan, 200, PartLedger.empty(), 3);
                var writer = new DirectoryWriter(plan, target)) {
            for (var next = stream.next(); next != null; next = stream.next()) {
                try (var part = next) {
                    writer.write(part);
                }
            }
            assertThat(target).isDirectoryNotContaining("glob:**.rar");
            writer.commit();
        }

        try (var files = Files.list(target)) {
            assertThat(files.map(file -> target.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            plan.volumes().stream().map(Volume::name).toList());
        }
    }

    @Test
    void leavingEarlyLeavesNothingBehind() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);
        try (var stream = new PartStream(plan, 200, PartLedger.empty(), 3);
                var writer = new DirectoryWriter(plan, target)) {
            try (var part = Packing.next(stream)) {
                writer.write(part);
            }
            assertThat(target).isNotEmptyDirectory();
            assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
        }

        assertThat(target).isEmptyDirectory();
    }

    @Test
    void whatIsAlreadyThereIsNeverOverwritten() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);
        var mine = Files.writeString(target.resolve(plan.volumes().getLast().name()), "mine");

        assertThatThrownBy(() -> Packing.write(plan, target, 200))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.REFUSED));
        assertThat(mine).hasContent("mine");
    }

    @Test
    void whatAKilledRunLeftBehindDoesNoHarm() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);
        Files.write(target.resolve(plan.volumes().getFirst().name() + ".partial"), new byte[5000]);

        assertThat(Packing.write(plan, target, 200))
                .hasSize(plan.volumes().getFirst().length());
    }

    @Test
    void ofTwoRunsIntoOneFolderOneIsRefusedAndTheOtherIsWhole() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);
        try (var slow = new PartStream(plan, 200, PartLedger.empty(), 3);
                var second = new DirectoryWriter(plan, target)) {
            try (var part = Packing.next(slow)) {
                second.write(part);
            }
            var expected = Files.readAllBytes(Packing.write(plan, target, 200));
            for (var next = slow.next(); next != null; next = slow.next()) {
                try (var part = next) {
                    second.write(part);
                }
            }

            assertThatThrownBy(second::commit)
                    .isInstanceOfSatisfying(
                            ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.REFUSED));
            assertThat(target.resolve(plan.volumes().getFirst().name())).hasBinaryContent(expected);
        }
        assertThat(target).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void aFolderThatIsNotThereFailsByName() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(400);

        assertThatThrownBy(() -> Packing.write(plan, scratch.resolve("nowhere"), 200))
                .isInstanceOfSatisfying(
                        ArchiveException.class,
                        e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.DESTINATION_FAILED))
                .hasMessageContaining("Top.part");
    }
}
