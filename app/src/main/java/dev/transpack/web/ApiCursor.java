package dev.transpack.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A place in a list that is sorted by time, the newest first. Callers get it as an opaque text.
record ApiCursor(Instant than, String id) {
    private static final ApiCursor START = new ApiCursor(Instant.ofEpochMilli(Long.MAX_VALUE), "");

    /// @throws ApiException when the text was not given out by us
    static ApiCursor parse(@Nullable String text) {
        if (text == null) return START;
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (plain.indexOf('\0') >= 0) throw unknown(); // PostgreSQL takes none in a text
            var blank = plain.indexOf(' ');
            return new ApiCursor(
                    Instant.ofEpochMilli(Long.parseLong(plain.substring(0, blank))), plain.substring(blank + 1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unknown();
        }
    }

    static ApiException unknown() {
        return new ApiException(
                ApiProblem.WRONG_PARAMETER,
                "This cursor was not given out here: take 'nextCursor' of the page before, or none.");
    }

    @Override
    public String toString() {
        var plain = than.toEpochMilli() + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
