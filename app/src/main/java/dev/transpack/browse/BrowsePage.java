package dev.transpack.browse;

import java.util.List;
import java.util.Map;

/// A page of downloads.
///
/// @param total how many the query matches, on all pages
/// @param more whether there is another page
/// @param tallies of each status, for the filter's labels
public record BrowsePage(
        List<Download> downloads,
        int total,
        boolean more,
        Map<BrowseQuery.Status, Tally> tallies,
        List<String> notices) {

    /// How many, and how much as far as it is known.
    public record Tally(int count, long bytes) {}

    public BrowsePage {
        downloads = List.copyOf(downloads);
        tallies = Map.copyOf(tallies);
        notices = List.copyOf(notices);
    }
}
