package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RarPlanTest {
    private static final RarOptions OPTIONS = new RarOptions(300_000, 3, 2);

    @TempDir
    Path scratch;

    @Test
    void aChoiceIsGivenByNameAndEverythingAsAFolder() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("a", 3).file("b", 4);
        var chosen = EntryScan.of(folder.path(), name -> !name.endsWith("/b")).entries();

        assertThat(plan(folder, chosen, false).request(scratch).only()).containsExactly("Top/a", "Top");
        assertThat(plan(folder, chosen, true).request(scratch).only()).isEmpty();
    }

    @Test
    void theFingerprintKnowsEntriesAndOptions() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("a", 3).file("b", 4);
        var entries = EntryScan.of(folder.path()).entries();
        var plan = plan(folder, entries, true);

        assertThat(plan.fingerprint())
                .isEqualTo(plan(folder, entries, true).fingerprint())
                .isNotEqualTo(plan(folder, entries.subList(1, 3), true).fingerprint())
                .isNotEqualTo(
                        new RarPlan(PackName.of("Pack"), folder.path(), entries, true, new RarOptions(300_000, 3, 3))
                                .fingerprint());
    }

    @Test
    void whatWasAddedWhileItWasPackedIsNoticed() throws Exception {
        var folder = FolderFixture.in(scratch, "Top").file("a", 3);
        var plan = plan(folder, EntryScan.of(folder.path()).entries(), true);
        plan.verifySources();
        Files.writeString(folder.path().resolve("late"), "late");

        assertThatThrownBy(plan::verifySources)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("'Top' is no longer what was packed");
    }

    @Test
    void mostBytesIsMoreThanTheProgramMakes() throws Exception {
        var folder = FolderFixture.in(scratch.resolve("in"), "Top")
                .file("big.bin", 3_000_000)
                .file("sub/small", 9);
        var entries = EntryScan.of(folder.path()).entries();
        var plan = new RarPlan(PackName.of("Pack"), folder.path(), entries, true, new RarOptions(300_000, 0, 100));
        var made = new long[1];
        var staging = Files.createDirectory(scratch.resolve("staging"));
        RarBinary.find().orElseThrow().pack(plan.request(staging), null, (index, volume) -> {
            made[0] += Files.size(volume);
            Files.delete(volume);
        });

        assertThat(made[0]).isBetween(3_000_000L, plan.mostBytes());
    }

    private static RarPlan plan(FolderFixture folder, List<Entry> entries, boolean whole) {
        return new RarPlan(PackName.of("Pack"), folder.path(), entries, whole, OPTIONS);
    }
}
