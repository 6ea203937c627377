package dev.transpack.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A place in a list that has no times to go by: how many came before. Callers get it as an opaque text.
final class ApiOffset {
    private ApiOffset() {}

    /// @throws ApiException when the text was not given out by us
    static int parse(@Nullable String cursor) {
        if (cursor == null) return 0;
        try {
            var offset = Integer.parseInt(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (offset >= 0) return offset;
        } catch (IllegalArgumentException e) {
            // Said below, as for a negative number.
        }
        throw ApiCursor.unknown();
    }

    static String written(int offset) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Integer.toString(offset).getBytes(StandardCharsets.UTF_8));
    }
}
