package dev.transpack.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the API writes the names of choices: lower case, with dashes.
final class ApiWords {
    private ApiWords() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The choice somebody wrote; null when they wrote none.
    ///
    /// @throws ApiException listing what there is
    static <E extends Enum<E>> @Nullable E parse(String parameter, @Nullable String text, Class<E> type) {
        if (text == null || text.isBlank()) return null;
        for (var value : type.getEnumConstants()) if (of(value).equalsIgnoreCase(text.strip())) return value;
        var known = Arrays.stream(type.getEnumConstants()).map(ApiWords::of).collect(Collectors.joining(", "));
        throw new ApiException(ApiProblem.WRONG_PARAMETER, "'" + parameter + "' is one of " + known + ".");
    }
}
