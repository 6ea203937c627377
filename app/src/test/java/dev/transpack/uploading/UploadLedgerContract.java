package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Fragment;
import dev.transpack.packing.Pack.Grade;
import dev.transpack.uploading.UploadLedger.KnownVolume;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every ledger must do. Each test opens it anew after writing, as a process does after a crash.
abstract class UploadLedgerContract {
    private static final ObjectKey KEY = ObjectKey.of("p", "pack", "$(touch x) 😀.part1.rar");

    /// The ledger as a new process finds it; the one before is closed.
    abstract UploadLedger reopened() throws Exception;

    @Test
    void aFreshLedgerKnowsNothing() throws Exception {
        assertThat(reopened().volumes()).noneMatch(volume -> volume.uploadId() != null || volume.completed() != null);
        assertThat(reopened().parts(0)).isEmpty();
    }

    @Test
    void aVolumeGoesFromPlannedToOpenedToCompleted() throws Exception {
        reopened().planned(1, KEY);
        assertThat(reopened().volumes()).contains(new KnownVolume(1, KEY, null, null));
        reopened().opened(1, "upload-1");
        assertThat(reopened().volumes()).contains(new KnownVolume(1, KEY, "upload-1", null));
        var object = new CompletedVolume("etag-3", "version 7", 0xfedcba98, -1, Grade.STRONG);
        reopened().completed(1, object);
        assertThat(reopened().volumes()).contains(new KnownVolume(1, KEY, "upload-1", object));
    }

    @Test
    void partsComeBackInOrderWithEverythingInThem() throws Exception {
        var ledger = reopened();
        ledger.planned(0, KEY);
        ledger.opened(0, "upload");
        ledger.accepted(0, part(10, "b"));
        ledger.accepted(0, part(2, "a"));

        assertThat(reopened().parts(0)).containsExactly(part(2, "a"), part(10, "b"));
        assertThat(reopened().parts(1)).isEmpty();
    }

    @Test
    void aPartIsReplacedByOneOfTheSameNumber() throws Exception {
        reopened().planned(0, KEY);
        reopened().accepted(0, part(1, "old"));
        reopened().accepted(0, part(1, "new"));

        assertThat(reopened().parts(0)).containsExactly(part(1, "new"));
    }

    @Test
    void beginningAfreshForgetsTheVolumeAndItsPartsOnly() throws Exception {
        var ledger = reopened();
        for (var volume : List.of(0, 1)) {
            ledger.planned(volume, KEY);
            ledger.opened(volume, "upload-" + volume);
            ledger.accepted(volume, part(1, "x"));
        }
        ledger.planned(0, KEY);

        assertThat(reopened().volumes())
                .contains(new KnownVolume(0, KEY, null, null), new KnownVolume(1, KEY, "upload-1", null));
        assertThat(reopened().parts(0)).isEmpty();
        assertThat(reopened().parts(1)).hasSize(1);
    }

    static AcceptedPart part(int number, String etag) {
        return new AcceptedPart(
                number,
                5 << 20,
                etag,
                "ab".repeat(32),
                new AcceptedPart.PartChecksums(0xffffffff, 0x80000000),
                List.of(
                        new Fragment(0, 0, 16, -5),
                        new Fragment(1, 1L << 40, 1 << 20, 77),
                        new Fragment(2, 3, 4, 5, new Fragment.Encrypted(4, -6, -7, 8))));
    }
}
