package dev.transpack.web;

import dev.transpack.browse.BrowseQuery;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the address of Browse asks for. Words that are none of ours count as not said.
///
/// @param id of the one download that is wanted; empty for all
/// @param stage a [ViewStage], or nothing for all
/// @param sort a [BrowseQuery.Sort] in lower case; a minus before it turns the order round
public record BrowseQuestion(String q, String id, String stage, String sort, int offset) {
    /// A screenful and some: the page, its style and its scripts stay under 250 kB.
    static final int PAGE = 60;
    private static final String STANDARD = "-done";

    static BrowseQuestion of(
            @Nullable String q, @Nullable String id, @Nullable String stage, @Nullable String sort, int offset) {
        return new BrowseQuestion(
                q == null ? "" : q.strip(),
                id == null ? "" : id,
                stage == null ? "" : stage,
                sort == null ? STANDARD : sort,
                Math.max(0, offset));
    }

    Optional<ViewStage> wantedStage() {
        return named(ViewStage.values(), stage);
    }

    BrowseQuery query() {
        var wanted = named(BrowseQuery.Sort.values(), column());
        return new BrowseQuery(
                q, BrowseQuery.Status.ALL, wanted.orElse(BrowseQuery.Sort.DONE), descending(), offset, PAGE);
    }

    /// The same question without an order or pages: for counting.
    BrowseQuery counting() {
        return new BrowseQuery(q, BrowseQuery.Status.ALL, BrowseQuery.Sort.NAME, false, 0, 1);
    }

    public String column() {
        return descending() ? sort.substring(1) : sort;
    }

    public boolean descending() {
        return sort.startsWith("-");
    }

    /// The order that a click on this column asks for.
    public String sortBy(String column) {
        if (column.equals(column())) return descending() ? column : "-" + column;
        return column.equals("name") ? column : "-" + column;
    }

    /// For `aria-sort`; null for a column that does not order.
    public @Nullable String order(String column) {
        if (!column.equals(column())) return null;
        return descending() ? "descending" : "ascending";
    }

    private static <E extends Enum<E>> Optional<E> named(E[] all, String word) {
        return Arrays.stream(all)
                .filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
