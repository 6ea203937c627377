package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.librar.Fragment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the ledger keeps must be readable by every later release.
class FragmentsTest {
    private static final List<Fragment> MIXED = List.of(
            new Fragment(0, 0, 16, -5),
            new Fragment(1, 1L << 40, 1 << 20, 77, new Fragment.Encrypted(1 << 20, -7, Long.MIN_VALUE, -1)),
            new Fragment(2, 3, 4, 5),
            new Fragment(Integer.MAX_VALUE, 0, 1, 2, new Fragment.Encrypted(0, 0, 0, 0)));

    @Test
    void plainAndEncryptedOnesSurvive() {
        assertThat(Fragments.decode(Fragments.encode(MIXED))).isEqualTo(MIXED);
        assertThat(Fragments.decode(new byte[0])).isEmpty();
    }

    @Test
    void thoseWrittenBeforeThereWasEncryptionAreStillRead() {
        var before = HexFormat.of().parseHex("00000001" + "0000010000000000" + "00100000" + "fffffffb");

        assertThat(Fragments.decode(before)).containsExactly(new Fragment(1, 1L << 40, 1 << 20, -5));
        assertThat(Fragments.encode(Fragments.decode(before))).isEqualTo(before);
    }

    @Test
    void cutOnesAreRefused() {
        var encoded = Fragments.encode(MIXED);
        assertThatThrownBy(() -> Fragments.decode(Arrays.copyOf(encoded, encoded.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fragments.decode(Arrays.copyOf(encoded, 19)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
