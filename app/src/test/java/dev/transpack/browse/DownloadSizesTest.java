package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sizes of loose folders: counted in the background, remembered, counted again when that is due.
class DownloadSizesTest {
    @TempDir
    Path home;

    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectory(home.resolve("downloads"));
        Folders.film(folder, "film");
    }

    @Test
    void theFirstLookDoesNotWaitForThem() throws Exception {
        try (var browse = open()) {
            assertThat(browse.the("film").content().countableBytes()).isIn(0L, 151_000L);
            assertThat(browse.measured("film").content().bytes()).isEqualTo(151_000);
        }
    }

    @Test
    void theyAreRememberedAcrossStarts() throws Exception {
        try (var browse = open()) {
            browse.measured("film");
        }
        try (var browse = open()) {
            assertThat(browse.downloads.list().downloads())
                    .extracting(download -> download.content().bytes())
                    .containsExactly(151_000L);
            assertThat(browse.sizes.idle()).isTrue();
        }
    }

    @Test
    void aChangedFolderIsCountedAgain() throws Exception {
        try (var browse = open()) {
            browse.measured("film");
            Folders.file(folder, "film/more.mkv", 49_000);
            Files.setLastModifiedTime(folder.resolve("film"), FileTime.from(Instant.parse("2026-11-23T00:00:00Z")));

            assertThat(browse.measured("film").content().bytes()).isEqualTo(200_000);
            assertThat(browse.the("film").content().files()).isEqualTo(4);
        }
    }

    @Test
    void changesDeepInsideShowAfterAWhile() throws Exception {
        try (var browse = open()) {
            browse.measured("film");
            Folders.file(folder, "film/subs/de.srt", 9_000);
            assertThat(browse.measured("film").content().bytes()).isEqualTo(151_000);

            browse.pass(Duration.ofMinutes(6));

            assertThat(browse.measured("film").content().bytes()).isEqualTo(160_000);
        }
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Folders.film(home, "elsewhere");
        Files.createSymbolicLink(folder.resolve("film/link"), home.resolve("elsewhere"));
        try (var browse = open()) {
            assertThat(browse.measured("film").content().bytes()).isEqualTo(151_000);
        }
    }

    private BrowseFixture open() {
        return BrowseFixture.without(home.resolve("test.db"), new BrowseSettings(folder, new PathMap(List.of())));
    }
}
