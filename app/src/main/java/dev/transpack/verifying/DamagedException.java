package dev.transpack.verifying;

import java.io.IOException;

/// Something of a pack is not what was sealed: one sentence that names it. No accident, but what a check looks for.
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String sentence) {
        super(sentence);
    }
}
