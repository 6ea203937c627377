package dev.transpack.web;

import dev.transpack.browse.BrowsePage;
import dev.transpack.browse.BrowseQuery;
import dev.transpack.browse.Download;
import dev.transpack.browse.Downloads;
import dev.transpack.packing.LatestPacks;
import dev.transpack.packing.Pack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Puts downloads and their packs together, as Browse and its overview show them.
@Component
class BrowseList {
    private static final BrowsePage.Tally NOTHING = new BrowsePage.Tally(0, 0);

    private final Downloads downloads;
    private final LatestPacks packs;
    private final PackViews views;

    BrowseList(Downloads downloads, LatestPacks packs, PackViews views) {
        this.downloads = downloads;
        this.packs = packs;
        this.views = views;
    }

    ViewBrowse answer(BrowseQuestion question) {
        var seen = downloads.list();
        var latest = packs.all();
        var wanted = question.id().isEmpty()
                ? seen.downloads()
                : seen.downloads().stream()
                        .filter(download -> download.id().value().equals(question.id()))
                        .toList();
        var byStage = byStage(wanted, latest);
        var stage = question.wantedStage();
        var page = question.id().isEmpty() && stage.isEmpty()
                ? downloads.list(question.query())
                : question.query()
                        .on(
                                stage.map(one -> byStage.getOrDefault(one, List.of()))
                                        .orElse(wanted),
                                seen.notices());
        return new ViewBrowse(
                views(page.downloads(), latest),
                filters(question, byStage),
                seen.notices(),
                page.total(),
                page.more() ? question.offset() + page.downloads().size() : 0);
    }

    /// Downloads, each with its newest pack if that says more than the download itself.
    List<ViewDownload> views(List<Download> downloads, Map<String, Pack> latest) {
        var speaking = downloads.stream()
                .flatMap(
                        download -> Optional.ofNullable(latest.get(download.id().value())).stream())
                .filter(ViewDownload::speaks)
                .toList();
        var byDownload = views.listed(speaking).stream()
                .collect(Collectors.toMap(pack -> pack.pack().origin().downloadId(), pack -> pack));
        return downloads.stream()
                .map(download ->
                        ViewDownload.of(download, byDownload.get(download.id().value())))
                .toList();
    }

    /// How many downloads there are of each stage, and how much that is.
    List<ViewFilter> tallies() {
        var question = BrowseQuestion.of(null, null, null, null, 0);
        return filters(question, byStage(downloads.list().downloads(), packs.all()));
    }

    private static Map<ViewStage, List<Download>> byStage(List<Download> all, Map<String, Pack> latest) {
        return all.stream()
                .collect(Collectors.groupingBy(download -> ViewStage.of(
                        download.readiness(), latest.get(download.id().value()))));
    }

    private static List<ViewFilter> filters(BrowseQuestion question, Map<ViewStage, List<Download>> byStage) {
        var filters = new ArrayList<ViewFilter>();
        var chosen = question.wantedStage();
        var count = 0;
        var bytes = 0L;
        for (var stage : ViewStage.values()) {
            var counted = question.counting().on(byStage.getOrDefault(stage, List.of()), List.of());
            var tally = counted.tallies().getOrDefault(BrowseQuery.Status.ALL, NOTHING);
            count += tally.count();
            bytes += tally.bytes();
            filters.add(new ViewFilter(
                    stage.name(), tally.count(), tally.bytes(), chosen.isPresent() && chosen.get() == stage));
        }
        filters.addFirst(new ViewFilter("ALL", count, bytes, chosen.isEmpty()));
        return filters;
    }
}
