package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Header;
import java.util.List;

/// What is true of every plan, whatever the format and the protection.
final class PlanContract {
    private final ArchivePlan plan;

    private PlanContract(ArchivePlan plan) {
        this.plan = plan;
    }

    static void holds(ArchivePlan plan) throws ArchiveException {
        var contract = new PlanContract(plan);
        contract.volumesAreOfTheSizeThatWasAskedFor();
        contract.segmentsLieOneBehindTheOther();
        contract.headersAreAsLongAsPlanned();
        for (var entry = 0; entry < plan.entries().size(); entry++) {
            contract.segmentsCoverOnce(entry);
            contract.piecesCoverOnce(entry);
        }
        contract.theSameAgainHasTheSameFingerprint();
    }

    private void volumesAreOfTheSizeThatWasAskedFor() {
        var volumes = plan.volumes();
        assertThat(volumes.stream().mapToLong(Volume::length).sum()).isEqualTo(plan.length());
        assertThat(volumes).extracting(Volume::name).doesNotHaveDuplicates();
        for (var i = 0; i < volumes.size(); i++) {
            assertThat(volumes.get(i).index()).isEqualTo(i);
            assertThat(volumes.get(i).length()).isPositive();
        }
        var most = plan.options().volumeSize();
        switch (plan.options().format()) {
            case FILES -> {}
            case RAR5 ->
                assertThat(volumes)
                        .allSatisfy(volume -> assertThat(volume.length()).isLessThanOrEqualTo(most));
            case ZIP, TAR -> {
                assertThat(volumes.subList(0, volumes.size() - 1))
                        .allSatisfy(volume -> assertThat(volume.length()).isEqualTo(most));
                assertThat(volumes.getLast().length()).isLessThanOrEqualTo(most);
            }
        }
    }

    private void segmentsLieOneBehindTheOther() {
        var segment = 0;
        for (var volume : plan.volumes()) {
            var position = 0L;
            while (position < volume.length()) {
                assertThat(plan.segmentOffset(segment)).isEqualTo(position);
                assertThat(plan.segment(segment).length()).isPositive();
                position += plan.segment(segment).length();
                segment++;
            }
            assertThat(position).isEqualTo(volume.length());
        }
        assertThat(segment).isEqualTo(plan.segmentCount());
    }

    /// Whatever the checksum is: a plan is made before anybody knows it.
    private void headersAreAsLongAsPlanned() {
        for (var i = 0; i < plan.segmentCount(); i++) {
            if (plan.segment(i) instanceof Header header) {
                assertThat(plan.longestHeader()).isGreaterThanOrEqualTo(header.length());
                for (var crc : List.of(0, -1)) {
                    assertThat(header.rendering().render(crc)).hasSize((int) header.length());
                }
            }
        }
    }

    /// The first byte to the last, and at most what fills the last block of a cipher.
    private void segmentsCoverOnce(int entry) {
        var position = 0L;
        for (var i : plan.segmentsOf(entry)) {
            var range = (FileRange) plan.segment(i);
            assertThat(range.entry()).isEqualTo(entry);
            assertThat(range.offset()).isEqualTo(position);
            position += range.length();
        }
        var size = plan.entries().get(entry).size();
        var isPadded = plan.options().format() == ArchiveFormat.RAR5 && plan.isEncrypted();
        assertThat(position).isEqualTo(isPadded ? Ciphers.padded(size) : size);
    }

    private void piecesCoverOnce(int entry) {
        var position = 0L;
        var volume = -1;
        for (var piece : plan.pieces(entry)) {
            assertThat(piece.offsetInFile()).isEqualTo(position);
            assertThat(piece.length()).isPositive();
            assertThat(piece.volume()).isGreaterThan(volume);
            assertThat(piece.offsetInVolume() + piece.length())
                    .isLessThanOrEqualTo(plan.volumes().get(piece.volume()).length());
            position += piece.length();
            volume = piece.volume();
        }
        assertThat(position).isEqualTo(plan.entries().get(entry).size());
    }

    private void theSameAgainHasTheSameFingerprint() throws ArchiveException {
        var options = plan.options();
        assertThat(plan.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(ArchivePlan.of("another name", plan.entries(), options).fingerprint())
                .isEqualTo(plan.fingerprint());
        var size = options.isWhole() ? ArchiveOptions.LARGEST_VOLUME - 1 : ArchiveOptions.LARGEST_VOLUME;
        var other = new ArchiveOptions(options.format(), size, options.encryption(), false);
        assertThat(ArchivePlan.of("p", plan.entries(), other).fingerprint()).isNotEqualTo(plan.fingerprint());
    }
}
