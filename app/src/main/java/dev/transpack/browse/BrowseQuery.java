package dev.transpack.browse;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A question to the list of downloads, and its answer as a pure function.
///
/// @param text words that must all occur in the name or a label; case does not count
/// @param offset how many to leave out; `limit` how many to give at most
public record BrowseQuery(String text, Status status, Sort sort, boolean descending, int offset, int limit) {
    public static final int MOST = 1_000;

    /// Kinds of downloads a person looks for. A download may be of several.
    public enum Status {
        ALL,
        READY,
        SEEDING,
        UNFINISHED,
        LOOSE,
        PROBLEM;

        /// Whether a download is of this kind.
        public boolean includes(Download download) {
            return switch (this) {
                case ALL -> true;
                case SEEDING -> download.seeding();
                case LOOSE -> download.torrents().isEmpty();
                case READY, UNFINISHED, PROBLEM -> of(download.readiness()) == this;
            };
        }

        private static Status of(Readiness readiness) {
            return switch (readiness) {
                case Readiness.Ready _ -> READY;
                case Readiness.Downloading _, Readiness.Checking _ -> UNFINISHED;
                case Readiness.Missing _, Readiness.Unreadable _, Readiness.Unconfirmed _ -> PROBLEM;
            };
        }
    }

    /// What the list is ordered by.
    public enum Sort {
        NAME,
        SIZE,
        DONE,
        RATIO;

        /// What two downloads are compared by, worked out once for each.
        private Comparable<?> key(Download download) {
            return switch (this) {
                case NAME -> comparable(download.name());
                case SIZE -> download.content().bytes();
                case DONE -> download.doneAt().orElse(Instant.EPOCH);
                case RATIO -> download.ratio();
            };
        }
    }

    private record Keyed(Comparable<?> key, Download download) {}

    public BrowseQuery {
        if (offset < 0) throw new IllegalArgumentException("offset must not be below zero: " + offset);
        if (limit < 1 || limit > MOST)
            throw new IllegalArgumentException("limit must be from 1 to " + MOST + ": " + limit);
    }

    /// The newest first, a page of them.
    public static BrowseQuery newest(int limit) {
        return new BrowseQuery("", Status.ALL, Sort.DONE, true, 0, limit);
    }

    /// The answer. Counts are of everything the text matches, whatever the status.
    public BrowsePage on(List<Download> downloads, List<String> notices) {
        var matching = matching(downloads);
        var chosen = matching.stream()
                .filter(status::includes)
                .map(download -> new Keyed(sort.key(download), download))
                .sorted(order())
                .toList();
        var page =
                chosen.stream().skip(offset).limit(limit).map(Keyed::download).toList();
        return new BrowsePage(page, chosen.size(), offset + page.size() < chosen.size(), tallies(matching), notices);
    }

    private List<Download> matching(List<Download> downloads) {
        var words = List.of(comparable(text).strip().split("\\s+"));
        if (words.equals(List.of(""))) return downloads;
        return downloads.stream().filter(download -> matches(download, words)).toList();
    }

    private static boolean matches(Download download, List<String> words) {
        var searched = comparable(download.name() + '\n' + String.join("\n", download.labels()));
        return words.stream().allMatch(searched::contains);
    }

    /// The id last, so that pages do not overlap where downloads are equal.
    @SuppressWarnings("unchecked") // all keys of one column are of one type
    private Comparator<Keyed> order() {
        var order = Comparator.comparing((Keyed keyed) -> (Comparable<Object>) keyed.key);
        return (descending ? order.reversed() : order)
                .thenComparing(keyed -> keyed.download.id().value());
    }

    private static Map<Status, BrowsePage.Tally> tallies(List<Download> downloads) {
        var tallies = new EnumMap<Status, BrowsePage.Tally>(Status.class);
        for (var kind : Status.values()) {
            int count = 0;
            long bytes = 0;
            for (var download : downloads) {
                if (!kind.includes(download)) continue;
                count++;
                bytes += download.content().countableBytes();
            }
            tallies.put(kind, new BrowsePage.Tally(count, bytes));
        }
        return tallies;
    }

    private static String comparable(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return Normalizer.isNormalized(lower, Normalizer.Form.NFC)
                ? lower
                : Normalizer.normalize(lower, Normalizer.Form.NFC);
    }
}
