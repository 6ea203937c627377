package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TestTorrent;
import dev.transpack.fixtures.TransmissionDaemon;
import dev.transpack.settings.Secret;
import dev.transpack.transmission.TransmissionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings that lead somewhere else, or nowhere, and a daemon that goes away.
class DownloadsWithoutAnswerTest {
    private static final PathMap SAME = new PathMap(List.of());

    private Path home;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        home = temporary.toRealPath();
    }

    @Test
    void whenTheDaemonGoesAwayTheFolderIsStillListed() {
        try (var daemon = TransmissionDaemon.start(home);
                var browse = BrowseFixture.open(
                        home.resolve("test.db"), new BrowseSettings(null, SAME), daemon.connection())) {
            Folders.film(daemon.downloads(), "film");
            daemon.seed("film");
            assertThat(browse.the("film").readiness().ready()).isTrue();
            assertThat(browse.look().notices()).isEmpty();

            daemon.kill();

            assertThat(browse.look().notices()).singleElement().asString().contains("start transmission-daemon");
            assertThat(browse.the("film").readiness()).isInstanceOf(Readiness.Unconfirmed.class);
            assertThat(browse.downloads.locate(browse.the("film").id()))
                    .isInstanceOfSatisfying(
                            Location.NotReady.class,
                            refused -> assertThat(refused.reason()).contains("Transmission does not answer"));
        }
    }

    @Test
    void aWrongPasswordIsSaidWhereverItMatters() {
        try (var daemon = TransmissionDaemon.start(home)) {
            Folders.film(daemon.downloads(), "film");
            var right = daemon.connection();
            for (var wrong : List.of(
                    new TransmissionSettings(right.url(), "remote", new Secret("wrong")),
                    new TransmissionSettings(right.url(), "", null))) {
                var settings = new BrowseSettings(daemon.downloads(), SAME);
                try (var browse = BrowseFixture.open(home.resolve("test.db"), settings, wrong)) {
                    var refusal = browse.downloads.locate(browse.the("film").id());
                    assertThat(((Location.NotReady) refusal).reason())
                            .contains("password", "transmission.username and transmission.password")
                            .doesNotContain("does not answer", ".:");
                    assertThat(browse.look().notices())
                            .singleElement()
                            .asString()
                            .contains("transmission.username and transmission.password");
                }
            }
        }
    }

    @Test
    void aDaemonWithOtherNamesForItsFoldersIsUnderstood() throws IOException {
        try (var daemon = TransmissionDaemon.start(home)) {
            var local = Files.createSymbolicLink(home.resolve("local"), daemon.downloads());
            var map = new PathMap(List.of(new PathMap.Mapping(daemon.downloads().toString(), local)));
            Folders.film(daemon.downloads(), "film");
            var hash = daemon.seed("film");
            try (var browse =
                    BrowseFixture.open(home.resolve("test.db"), new BrowseSettings(null, map), daemon.connection())) {
                assertThat(browse.the("film").belongsTo(hash)).isTrue();
                assertThat(browse.the("film").readiness().ready()).isTrue();
                assertThat(browse.downloads.toLocal(daemon.downloads() + "/film"))
                        .contains(local.resolve("film"));
            }
        }
    }

    @Test
    void theFolderOfUnfinishedDownloadsIsNotOne(@TempDir Path far) {
        var unfinished = home.resolve("downloads/unfinished");
        Folders.file(unfinished, "film.part", 10);
        Folders.file(home.resolve("downloads"), "whole", 10);
        Map<String, Object> settings = Map.of("incomplete-dir", unfinished.toString(), "incomplete-dir-enabled", true);
        try (var daemon = TransmissionDaemon.start(home, settings);
                var browse = BrowseFixture.open(
                        home.resolve("test.db"), new BrowseSettings(null, SAME), daemon.connection())) {
            var hash = daemon.add(TestTorrent.of(Folders.film(far, "film")));
            daemon.await(hash, torrent -> !torrent.progress().status().isChecking());

            assertThat(browse.look().downloads()).extracting(Download::name).containsExactlyInAnyOrder("whole", "film");
            assertThat(browse.the("film").readiness()).isInstanceOf(Readiness.Downloading.class);
        }
    }

    @Test
    void withoutADaemonEverythingIsLoose() throws IOException {
        var folder = Files.createDirectory(home.resolve("downloads"));
        Folders.film(folder, "film");
        try (var browse = BrowseFixture.without(home.resolve("test.db"), new BrowseSettings(folder, SAME))) {
            assertThat(browse.the("film").readiness().ready()).isTrue();
            assertThat(browse.look().notices()).isEmpty();
        }
    }

    @Test
    void aMissingFolderIsSaid() {
        var settings = new BrowseSettings(home.resolve("nowhere"), SAME);
        try (var browse = BrowseFixture.without(home.resolve("test.db"), settings)) {
            assertThat(browse.look().downloads()).isEmpty();
            assertThat(browse.look().notices())
                    .containsExactly("The download folder " + home.resolve("nowhere")
                            + " cannot be read (it does not exist): set downloads.dir to it, and downloads.path-map if"
                            + " Transmission knows it by another name.");
        }
        try (var browse = BrowseFixture.open(
                home.resolve("test.db"), new BrowseSettings(null, SAME), TransmissionSettings.NONE)) {
            assertThat(browse.look().notices()).containsExactly("No download folder is known: set downloads.dir.");
        }
    }
}
