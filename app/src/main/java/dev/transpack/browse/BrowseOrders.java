package dev.transpack.browse;

import dev.transpack.browse.BrowseQuery.Sort;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A list of downloads in every order that somebody asked for. Each order, and the text of each download that is
/// searched, is worked out once, when it is first wanted: many ask for the same list while it is fresh.
final class BrowseOrders {
    private record Order(Sort sort, boolean descending) {}

    private record Keyed(Comparable<?> key, Entry entry) {}

    /// A download, and what of it is searched.
    static final class Entry {
        private final Download download;
        private @Nullable String text; // whoever comes second works out the same

        private Entry(Download download) {
            this.download = download;
        }

        Download download() {
            return download;
        }

        boolean matches(List<String> words) {
            var known = text;
            if (known == null) text = known = searched();
            return words.stream().allMatch(known::contains);
        }

        private String searched() {
            return comparable(download.name() + '\n' + String.join("\n", download.labels()));
        }
    }

    private final List<Entry> entries;
    private final Map<Order, List<Entry>> orders = new ConcurrentHashMap<>();

    BrowseOrders(List<Download> downloads) {
        this.entries = downloads.stream().map(Entry::new).toList();
    }

    List<Entry> by(Sort sort, boolean descending) {
        return orders.computeIfAbsent(new Order(sort, descending), this::sorted);
    }

    private List<Entry> sorted(Order order) {
        return entries.stream()
                .map(entry -> new Keyed(order.sort().key(entry.download()), entry))
                .sorted(comparator(order))
                .map(Keyed::entry)
                .toList();
    }

    /// The id last, so that pages do not overlap where downloads are equal.
    @SuppressWarnings("unchecked") // all keys of one column are of one type
    private static Comparator<Keyed> comparator(Order order) {
        var byKey = Comparator.comparing((Keyed keyed) -> (Comparable<Object>) keyed.key);
        return (order.descending() ? byKey.reversed() : byKey)
                .thenComparing(keyed -> keyed.entry().download().id().value());
    }

    /// Text as it is compared: case does not count, nor how a letter with an accent is written.
    static String comparable(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return Normalizer.isNormalized(lower, Normalizer.Form.NFC)
                ? lower
                : Normalizer.normalize(lower, Normalizer.Form.NFC);
    }
}
