package dev.transpack.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of something somebody wants (RFC 9110, section 14).
sealed interface LinkRange {
    /// All: none were named, several ranges were, or it was not written as a range of bytes. Each may be answered so.
    record Whole() implements LinkRange {}

    /// These.
    record Stretch(long from, long length) implements LinkRange {}

    /// None that there are.
    record Beyond() implements LinkRange {}

    /// @param header `Range`; null when it was not sent
    /// @param size bytes that there are
    static LinkRange of(@Nullable String header, long size) {
        var written = header == null ? null : Written.RANGE.matcher(header.strip());
        if (written == null || !written.matches()) return new Whole();
        var first = written.group(1);
        var last = written.group(2);
        if (first.isEmpty() && last.isEmpty()) return new Whole();
        if (first.isEmpty()) return last(Long.parseLong(last), size);
        var from = Long.parseLong(first);
        var to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (to < from) return new Whole();
        return from >= size ? new Beyond() : new Stretch(from, Math.min(to, size - 1) - from + 1);
    }

    private static LinkRange last(long length, long size) {
        if (length == 0 || size == 0) return new Beyond();
        var some = Math.min(length, size);
        return new Stretch(size - some, some);
    }

    /// How one range is written; longer numbers are none.
    final class Written {
        private static final Pattern RANGE =
                Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})", Pattern.CASE_INSENSITIVE);

        private Written() {}
    }
}
