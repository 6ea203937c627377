package dev.transpack.web;

import dev.transpack.browse.BrowsePage;
import dev.transpack.browse.BrowseQuery;
import dev.transpack.browse.BrowseQuery.Sort;
import dev.transpack.browse.BrowseQuery.Status;
import dev.transpack.browse.DownloadId;
import dev.transpack.browse.Downloads;
import dev.transpack.browse.FileTree;
import dev.transpack.packing.LatestPacks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/downloads`: what Browse shows.
@RestController
@RequestMapping("/api/v1/downloads")
class ApiDownloads {
    private final Downloads downloads;
    private final LatestPacks packs;

    ApiDownloads(Downloads downloads, LatestPacks packs) {
        this.downloads = downloads;
        this.packs = packs;
    }

    /// A page of downloads.
    ///
    /// @param total how many match, on all pages
    /// @param counts of each status, whatever status was asked for
    /// @param notices what a person should know about the list, such as that Transmission does not answer
    record Listing(
            List<ApiDownloadView> items,
            @Nullable String nextCursor,
            int total,
            Map<String, Count> counts,
            List<String> notices) {}

    /// How many, and how much as far as it is known.
    record Count(int count, long bytes) {}

    /// The files of a download, folders before what is in them.
    ///
    /// @param more whether there are more than a listing holds
    record Files(List<FileView> items, boolean more) {}

    /// @param problem why this file cannot be packed; null when it can
    record FileView(
            String path, String kind, long bytes, @Nullable String problem) {}

    /// @param sort `name`, `size`, `done` or `ratio`; with a minus before it the other way round
    @GetMapping
    Listing list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = "-done") String sort) {
        var wanted = ApiWords.parse("status", status, Status.class);
        var descending = sort.startsWith("-");
        var order = ApiWords.parse("sort", descending ? sort.substring(1) : sort, Sort.class);
        var offset = ApiOffset.parse(cursor);
        var page = downloads.list(new BrowseQuery(
                q,
                wanted == null ? Status.ALL : wanted,
                order == null ? Sort.DONE : order,
                descending,
                offset,
                ApiPage.limit(limit)));
        var latest = packs.of(
                page.downloads().stream().map(download -> download.id().value()).toList());
        var items = page.downloads().stream()
                .map(download ->
                        ApiDownloadView.of(download, latest.get(download.id().value())))
                .toList();
        var next = page.more() ? ApiOffset.written(offset + items.size()) : null;
        return new Listing(items, next, page.total(), counts(page.tallies()), page.notices());
    }

    @GetMapping("/{id}")
    ApiDownloadView get(@PathVariable String id) {
        var download = downloads.find(parse(id)).orElseThrow(unknown(id));
        return ApiDownloadView.of(download, packs.of(List.of(id)).get(id));
    }

    @GetMapping("/{id}/files")
    Files files(@PathVariable String id) {
        var tree = downloads.files(parse(id)).orElseThrow(unknown(id));
        return new Files(tree.nodes().stream().map(ApiDownloads::view).toList(), tree.more());
    }

    private static FileView view(FileTree.Node node) {
        return new FileView(node.path(), ApiWords.of(node.kind()), node.bytes(), node.problem());
    }

    private static DownloadId parse(String id) {
        try {
            return new DownloadId(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id).get();
        }
    }

    private static Supplier<ApiException> unknown(String id) {
        return () -> new ApiException(
                ApiProblem.NO_SUCH_DOWNLOAD,
                "There is no download " + id + " (any more): GET /api/v1/downloads lists what there is.");
    }

    private static Map<String, Count> counts(Map<Status, BrowsePage.Tally> tallies) {
        var counts = new LinkedHashMap<String, Count>();
        for (var status : Status.values()) {
            var tally = tallies.get(status);
            if (tally != null) counts.put(ApiWords.of(status), new Count(tally.count(), tally.bytes()));
        }
        return counts;
    }
}
