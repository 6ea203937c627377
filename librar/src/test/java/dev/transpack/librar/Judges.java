package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The programs that have to find in a pack what was packed: all that know its format.
final class Judges {
    private final ArchivePlan plan;
    private final FolderFixture packed;
    private final Path scratch;
    private final Path first;

    private Judges(ArchivePlan plan, FolderFixture packed, Path scratch) throws Exception {
        this.plan = plan;
        this.packed = packed;
        this.scratch = scratch;
        var partSize = Math.toIntExact(Math.max(4096, plan.longestHeader()));
        this.first = Packing.write(plan, Files.createTempDirectory(scratch, "volumes"), partSize);
    }

    /// Writes a plan's volumes into a folder, and has them extracted by everybody.
    static void agree(ArchivePlan plan, FolderFixture packed, Path scratch) throws Exception {
        var judges = new Judges(plan, packed, scratch);
        switch (plan.options().format()) {
            case RAR5 -> judges.rar();
            case ZIP -> judges.zip();
            case TAR -> judges.tar();
            case FILES -> judges.files();
        }
    }

    private void rar() throws Exception {
        for (var reader : Extractors.values()) {
            assertThat(TreeDiff.between(packed.parent(), reader.extract(first, scratch, password())))
                    .as("%s", reader)
                    .isEmpty();
        }
        unar(first);
    }

    private void zip() throws Exception {
        packed.wholeSeconds();
        var bySevenZip = Extractors.SEVEN_ZIP.extract(first, scratch, password());
        assertThat(TreeDiff.butForLinkTimes(packed.parent(), bySevenZip)).isEmpty();
        var whole = whole("whole.zip");
        if (!plan.isEncrypted()) { // under a password neither opens any, 7-Zip's own not either
            unar(whole);
            var byUnzip = folder("unzip");
            Commands.succeed(scratch, List.of("unzip", "-q", whole.toString(), "-d", byUnzip.toString()));
            assertThat(TreeDiff.butForLinkTimes(packed.parent(), byUnzip)).isEmpty();
        }
    }

    private void tar() throws Exception {
        var whole = whole("whole.tar");
        var byTar = folder("tar");
        Commands.succeed(scratch, List.of("tar", "-xpf", whole.toString(), "-C", byTar.toString()));
        assertThat(TreeDiff.between(packed.parent(), byTar)).isEmpty();
        // unar cuts names of more than 100 bytes, in what GNU tar made too
        assertThat(TreeDiff.ofContents(packed.parent(), Extractors.SEVEN_ZIP.extract(whole, scratch)))
                .isEmpty();
    }

    private void files() throws Exception {
        var stored = first.getRoot().resolve(first).toString();
        var folder = Path.of(stored.substring(
                0, stored.length() - plan.volumes().getFirst().name().length()));
        for (var volume : plan.volumes()) {
            assertThat(folder.resolve(volume.name()))
                    .hasSameBinaryContentAs(packed.parent().resolve(volume.name()));
        }
        var withContent =
                plan.entries().stream().filter(entry -> entry.size() > 0).map(Entry::name);
        assertThat(plan.volumes()).extracting(Volume::name).containsExactlyElementsOf(withContent.toList());
    }

    private void unar(Path archive) throws Exception {
        var target = folder("unar");
        Commands.succeed(
                scratch,
                List.of(
                        "unar",
                        "-q",
                        "-no-directory",
                        "-e",
                        "UTF-8",
                        "-p",
                        password(),
                        "-o",
                        target.toString(),
                        archive.toString()));
        assertThat(TreeDiff.ofContents(packed.parent(), target)).as("unar").isEmpty();
    }

    private String password() {
        return plan.isEncrypted() ? RandomPack.PASSWORD : "-";
    }

    private Path whole(String name) throws Exception {
        return Packing.joined(plan, first, scratch.resolve(name));
    }

    private Path folder(String name) throws Exception {
        return Files.createTempDirectory(scratch, name);
    }
}
