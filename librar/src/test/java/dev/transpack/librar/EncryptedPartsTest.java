package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.Encryption.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of encrypted packs: the same bytes from wherever a ledger left off, wherever a part's end cuts a block.
@Timeout(120)
class EncryptedPartsTest {
    private static final int PART = 317;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(ints = {320, 321, 328, 335})
    void aPartMayEndAnywhereWithinABlock(int partSize) throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", 3001).file("b", 1);
        Resuming.fromEveryCrash(folder.plan(rar(100_000, Scope.EVERYTHING)), partSize);
    }

    @Test
    void contentOfAZipThatChangedUnseenIsFoundWhenItIsReadAgain() throws Exception {
        var time = Instant.ofEpochSecond(1_500_000_000);
        var folder = FolderFixture.in(scratch, "Top").file("a", 3000).modified("a", time);
        var plan = folder.plan(zip(10_000));
        var before = new LinkedHashMap<>(Packing.produce(plan, PART, PartLedger.empty()));
        before.keySet().removeIf(name -> name.number() > 4);
        folder.file("a", new byte[3000]).modified("a", time);

        assertThatThrownBy(() -> Packing.produce(plan, PART, Packing.ledger(before)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("'Top/a'")
                .hasMessageContaining("differs from what was already sent");
    }

    @Test
    void thePartSizeDoesNotChangeTheBytes() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(rar(700, Scope.EVERYTHING));
        var expected = Packing.volumes(Packing.produce(plan, 700, PartLedger.empty()));

        for (var partSize = 300; partSize < 330; partSize++) {
            assertThat(Packing.volumes(Packing.produce(plan, partSize, PartLedger.empty())))
                    .usingRecursiveComparison()
                    .isEqualTo(expected);
        }
    }

    @Test
    void aPartKnowsTheChecksumOfItsBytes() throws Exception {
        var plan = FolderFixture.awkward(scratch).plan(rar(700, Scope.EVERYTHING));

        assertThat(Packing.produce(plan, PART, PartLedger.empty()).values()).allSatisfy(part -> {
            var crc = new CRC32();
            crc.update(part.array());
            assertThat(part.crc32()).isEqualTo((int) crc.getValue());
        });
    }

    @Test
    void theLedgerOfAPlainPlanIsRefused() throws Exception {
        var folder = FolderFixture.in(scratch, "T").file("a", 3001);
        var plan = folder.plan(rar(100_000, Scope.EVERYTHING));
        var ledger = new LinkedHashMap<>(Packing.produce(plan, PART, PartLedger.empty()));
        ledger.replaceAll((name, part) -> new Packing.Kept(
                part.bytes(),
                part.fragments().stream().map(EncryptedPartsTest::plain).toList(),
                part.crc32()));

        assertThatThrownBy(() -> Packing.produce(plan, PART, Packing.ledger(ledger)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("another plan");
    }

    private static Fragment plain(Fragment fragment) {
        return new Fragment(fragment.segment(), fragment.offset(), fragment.length(), fragment.crc32());
    }

    private static ArchiveOptions rar(long volumeSize, Scope scope) {
        return ArchiveOptions.rar5(volumeSize).encrypted(encryption(scope));
    }

    private static ArchiveOptions zip(long volumeSize) {
        return new ArchiveOptions(ArchiveFormat.ZIP, volumeSize).encrypted(encryption(Scope.CONTENTS));
    }

    private static Encryption encryption(Scope scope) {
        return new Encryption(new Password("pw"), "0123456789abcdef".repeat(4), scope);
    }
}
