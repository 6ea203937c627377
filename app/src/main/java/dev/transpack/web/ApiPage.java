package dev.transpack.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param nextCursor asks for the part that follows; null at the end
record ApiPage<T>(List<T> items, @Nullable String nextCursor) {
    private static final int MOST = 1_000;

    /// The page of what was found. A full one is followed by another, which may be empty.
    static <F, T> ApiPage<T> of(List<F> found, int limit, Function<F, T> view, Function<F, ApiCursor> place) {
        return of(found, found.stream().map(view).toList(), limit, place);
    }

    /// The same of items that were looked up together.
    static <F, T> ApiPage<T> of(List<F> found, List<T> items, int limit, Function<F, ApiCursor> place) {
        var next = found.size() < limit ? null : place.apply(found.getLast()).toString();
        return new ApiPage<>(items, next);
    }

    /// How many items were asked for.
    ///
    /// @throws ApiException when that is none, or too many
    static int limit(int limit) {
        if (limit < 1 || limit > MOST)
            throw new ApiException(ApiProblem.WRONG_PARAMETER, "A limit is a number from 1 to " + MOST + ".");
        return limit;
    }
}
