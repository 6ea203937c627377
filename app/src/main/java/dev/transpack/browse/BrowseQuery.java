package dev.transpack.browse;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A question to the list of downloads, and its answer as a pure function.
///
/// @param text words that must all occur in the name or a label; case does not count
/// @param offset how many to leave out; `limit` how many to give at most
public record BrowseQuery(String text, Status status, Sort sort, boolean descending, int offset, int limit) {
    public static final int MOST = 1_000;
    private static final List<String> ANY = List.of("");

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
        Comparable<?> key(Download download) {
            return switch (this) {
                case NAME -> BrowseOrders.comparable(download.name());
                case SIZE -> download.content().bytes();
                case DONE -> download.doneAt().orElse(Instant.EPOCH);
                case RATIO -> download.ratio();
            };
        }
    }

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
        return on(new BrowseOrders(downloads), notices);
    }

    BrowsePage on(BrowseOrders orders, List<String> notices) {
        var matching = matching(orders.by(sort, descending));
        var chosen = matching.stream().filter(status::includes).toList();
        var page = chosen.stream().skip(offset).limit(limit).toList();
        return new BrowsePage(page, chosen.size(), offset + page.size() < chosen.size(), tallies(matching), notices);
    }

    private List<Download> matching(List<BrowseOrders.Entry> entries) {
        var words = List.of(BrowseOrders.comparable(text).strip().split("\\s+"));
        return entries.stream()
                .filter(entry -> words.equals(ANY) || entry.matches(words))
                .map(BrowseOrders.Entry::download)
                .toList();
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
}
