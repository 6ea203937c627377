package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Fragment;
import java.util.List;

/// Fragments as a ledger keeps them: refused, or the same bytes again.
public final class FragmentsFuzz {
    private FragmentsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Fragment> fragments;
        try {
            fragments = Fragments.decode(input);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(Fragments.encode(fragments)).isEqualTo(input);
        assertThat(fragments).allMatch(fragment -> fragment.segment() >= 0);
    }
}
