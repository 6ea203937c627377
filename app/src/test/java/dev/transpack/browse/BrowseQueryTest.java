package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.transpack.browse.BrowseQuery.Sort;
import dev.transpack.browse.BrowseQuery.Status;
import dev.transpack.transmission.InfoHash;
import dev.transpack.transmission.Seeding;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.TorrentStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Search, order, filter and pages, on a list as it comes.
class BrowseQueryTest {
    private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T00:00:00Z");

    private static final Download SINTEL = loose("Sintel", 300, MONDAY);
    private static final Download ELEPHANT = torrent("elephants dream", 200, TUESDAY, 1.5, "home", "Film");
    private static final Download BUNNY = unfinished("Big Buck Bunny", 100);
    private static final Download BROKEN = broken("Café");
    private static final List<Download> ALL = List.of(SINTEL, ELEPHANT, BUNNY, BROKEN);

    @Test
    void wordsOccurInNameOrLabelsWhateverTheirCase() {
        assertThat(names(query("bunny BIG"))).containsExactly("Big Buck Bunny");
        assertThat(names(query("film dream"))).containsExactly("elephants dream");
        assertThat(names(query("cafe\u0301"))).containsExactly("Café");
        assertThat(names(query("bunny sintel"))).isEmpty();
        assertThat(names(query("  "))).hasSize(4);
    }

    @Test
    void ordersByEveryColumn() {
        assertThat(names(sorted(Sort.NAME, false)))
                .containsExactly("Big Buck Bunny", "Café", "elephants dream", "Sintel");
        assertThat(names(sorted(Sort.SIZE, true)))
                .containsExactly("Sintel", "elephants dream", "Big Buck Bunny", "Café");
        assertThat(names(sorted(Sort.DONE, true))).startsWith("elephants dream", "Sintel");
        assertThat(names(sorted(Sort.RATIO, true))).startsWith("elephants dream");
    }

    @Test
    void filtersByStatusAndCountsAll() {
        var page = new BrowseQuery("", Status.UNFINISHED, Sort.NAME, false, 0, 10).on(ALL, List.of("notice"));

        assertThat(page.downloads()).containsExactly(BUNNY);
        assertThat(page.total()).isEqualTo(1);
        assertThat(page.notices()).containsExactly("notice");
        assertThat(page.tallies())
                .containsEntry(Status.ALL, new BrowsePage.Tally(4, 600))
                .containsEntry(Status.READY, new BrowsePage.Tally(2, 500))
                .containsEntry(Status.SEEDING, new BrowsePage.Tally(1, 200))
                .containsEntry(Status.UNFINISHED, new BrowsePage.Tally(1, 100))
                .containsEntry(Status.LOOSE, new BrowsePage.Tally(2, 300))
                .containsEntry(Status.PROBLEM, new BrowsePage.Tally(1, 0));
    }

    @Test
    void pagesFollowEachOther() {
        var first = new BrowseQuery("", Status.ALL, Sort.NAME, false, 0, 3).on(ALL, List.of());
        var second = new BrowseQuery("", Status.ALL, Sort.NAME, false, 3, 3).on(ALL, List.of());

        assertThat(first.downloads()).containsExactly(BUNNY, BROKEN, ELEPHANT);
        assertThat(first.more()).isTrue();
        assertThat(first.total()).isEqualTo(4);
        assertThat(second.downloads()).containsExactly(SINTEL);
        assertThat(second.more()).isFalse();
    }

    @Test
    void limitsAreKept() {
        assertThatIllegalArgumentException().isThrownBy(() -> BrowseQuery.newest(0));
        assertThatIllegalArgumentException().isThrownBy(() -> BrowseQuery.newest(BrowseQuery.MOST + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BrowseQuery("", Status.ALL, Sort.NAME, false, -1, 1));
    }

    private static List<String> names(BrowseQuery query) {
        return query.on(ALL, List.of()).downloads().stream().map(Download::name).toList();
    }

    private static BrowseQuery query(String text) {
        return new BrowseQuery(text, Status.ALL, Sort.NAME, false, 0, 10);
    }

    private static BrowseQuery sorted(Sort sort, boolean descending) {
        return new BrowseQuery("", Status.ALL, sort, descending, 0, 10);
    }

    private static Download loose(String name, long bytes, Instant changed) {
        return download(name, new Download.Content(bytes, 1, changed), new Readiness.Ready(), List.of());
    }

    private static Download broken(String name) {
        return download(name, new Download.Content(-1, -1, null), new Readiness.Unreadable("why"), List.of());
    }

    private static Download unfinished(String name, long bytes) {
        var torrent = of(name, new Torrent.Progress(TorrentStatus.DOWNLOADING, 50, bytes, bytes, null, ""), 0);
        return download(
                name,
                new Download.Content(bytes, -1, null),
                TorrentReadiness.of(torrent).orElseThrow(),
                List.of(torrent));
    }

    private static Download torrent(String name, long bytes, Instant done, double ratio, String... labels) {
        var torrent = of(name, new Torrent.Progress(TorrentStatus.SEEDING, 0, bytes, bytes, done, ""), ratio, labels);
        return download(name, new Download.Content(bytes, 3, MONDAY), new Readiness.Ready(), List.of(torrent));
    }

    private static Torrent of(String name, Torrent.Progress progress, double ratio, String... labels) {
        var none = new Seeding.Limit(Seeding.Mode.GLOBAL, 0);
        return new Torrent(
                new InfoHash("%040x".formatted(name.hashCode() & 0xffff)),
                name,
                progress,
                new Torrent.Place("/downloads", ""),
                new Seeding(ratio, null, false, none, none),
                List.of(labels));
    }

    private static Download download(
            String name, Download.Content content, Readiness readiness, List<Torrent> torrents) {
        var id = DownloadId.of("/downloads", name);
        return new Download(id, name, Download.Kind.FOLDER, content, readiness, torrents);
    }
}
