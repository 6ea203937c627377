package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A `Range` header: what is answered lies within what there is. The first byte and the next eight say how much that
/// is.
public final class RangeFuzz {
    private RangeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 9) return;
        var bytes = ByteBuffer.wrap(input);
        var shift = 1 + (bytes.get() & 0x3F);
        var size = bytes.getLong() >>> shift >>> (shift == 64 ? 1 : 0) & Long.MAX_VALUE;
        var header = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        holds(LinkRange.of(header, size), size);
        holds(LinkRange.of("bytes=" + header, size), size);
    }

    private static void holds(LinkRange range, long size) {
        if (!(range instanceof LinkRange.Stretch(var from, var length))) return;
        assertThat(from).isBetween(0L, size - 1);
        assertThat(length).isBetween(1L, size - from);
    }
}
