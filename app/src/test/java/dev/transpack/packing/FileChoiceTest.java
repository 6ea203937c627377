package dev.transpack.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.fixtures.Folders;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChoiceTest {
    private static final List<String> SAMPLES = List.of(
            "Sample/x.mkv",
            "cd1/SAMPLE/y.avi",
            "a.sample.mkv",
            "sample-a.MP4",
            "Sample.m2ts",
            "A-SAMPLE.mkv",
            "a sample 1.wmv");
    private static final List<String> JUNK = List.of(
            ".DS_Store",
            "._a.mkv",
            "THUMBS.DB",
            "cd1/desktop.ini",
            ".nfs0001",
            "b.mkv.part",
            "@eaDir/x",
            ".pad/1024",
            "#recycle/z");
    private static final List<String> WANTED = List.of(
            "a.mkv",
            "resampled.mkv",
            "Sampler.mkv",
            "sample.nfo",
            "samples.flac",
            "part.mkv",
            "DS_Store",
            "Samples/s.wav");

    @TempDir
    Path home;

    private Path show;

    @BeforeEach
    void makeShow() throws Exception {
        show = home.resolve("Show");
        Folders.file(show, "e1.mkv", 1_000);
        Folders.file(show, "e1.nfo", 10);
        Folders.file(show, "[a]*.mkv", 100);
        Folders.file(show, "a.mkv", 20);
        Folders.file(show, "!new", 5);
        Folders.file(show, "Sample/s.mkv", 300);
        Folders.file(show, "extras/deep/e2.mkv", 40);
        Folders.file(show, "extras/deep/Sample/s.mkv", 50);
        Files.createDirectories(show.resolve("extras/empty"));
    }

    @Test
    void whatIsExcludedIsLeftOutWithAllThatIsBelow() throws Exception {
        var chosen = choice(List.of(), List.of("*.nfo", "Sample/")).of(show);
        assertThat(names(chosen))
                .containsExactlyInAnyOrder(
                        "!new",
                        "[a]*.mkv",
                        "a.mkv",
                        "e1.mkv",
                        "extras",
                        "extras/deep",
                        "extras/deep/e2.mkv",
                        "extras/empty");
        assertThat(chosen.leftOut()).isEqualTo(new LeftOut(3, 360));
    }

    @Test
    void theLastPatternDecidesButNotBelowAFolderThatIsLeftOut() throws Exception {
        assertThat(names(choice(List.of(), List.of("*", "!e1.*", "!extras/", "!/extras/deep/e2.mkv"))
                        .of(show)))
                .containsExactlyInAnyOrder("e1.mkv", "e1.nfo", "extras");
        assertThat(names(choice(List.of(), List.of("/*", "!e1.mkv", "!/extras/deep/e2.mkv"))
                        .of(show)))
                .containsExactly("e1.mkv");
    }

    @Test
    void onlyWhatMatchesGoesInWithTheFoldersAboveIt() throws Exception {
        assertThat(names(choice(List.of("**/Sample/"), List.of()).of(show)))
                .containsExactlyInAnyOrder(
                        "Sample/s.mkv",
                        "extras/deep/Sample/s.mkv",
                        "extras/deep/Sample",
                        "extras/deep",
                        "Sample",
                        "extras");
        assertThat(names(choice(List.of("/extras/**/*.mkv", "!s.*"), List.of()).of(show)))
                .containsExactlyInAnyOrder("extras/deep/e2.mkv", "extras/deep", "extras");
        assertThat(names(choice(List.of("*.mkv"), List.of("Sample", "/a.mkv")).of(show)))
                .contains("e1.mkv", "extras/deep/e2.mkv")
                .doesNotContain("a.mkv", "Sample/s.mkv", "e1.nfo");
    }

    @Test
    void whatIsThereUnderThisVeryNameIsMeantAndNothingElse() throws Exception {
        assertThat(names(choice(List.of("[a]*.mkv"), List.of()).of(show))).containsExactly("[a]*.mkv");
        assertThat(names(choice(List.of("!new"), List.of()).of(show))).containsExactly("!new");
        assertThat(names(choice(List.of("Sample"), List.of()).of(show)))
                .containsExactlyInAnyOrder("Sample", "Sample/s.mkv");
        assertThat(names(choice(List.of("extras/deep/"), List.of("Sample")).of(show)))
                .containsExactlyInAnyOrder("extras", "extras/deep", "extras/deep/e2.mkv");
        assertThat(names(choice(List.of("extras/empty", "a.mkv"), List.of()).of(show)))
                .containsExactlyInAnyOrder("a.mkv", "extras", "extras/empty");
    }

    @Test
    void whatIsNotThereOrMatchesNothingIsNamed() {
        for (var wanted : List.of("e9.mkv", "*.avi", "e1*.mkv/", "[", "/s.mkv", "Show"))
            assertThatThrownBy(() -> choice(List.of("a.mkv", wanted), List.of()).of(show))
                    .isInstanceOfSatisfying(
                            ArchiveException.class, e -> assertThat(e.kind()).isEqualTo(ArchiveException.Kind.REFUSED))
                    .hasMessageStartingWith("Nothing here is called '" + wanted + "', or matches it");
    }

    @Test
    void whatLeavesNothingIsNamed() {
        assertThatThrownBy(() -> choice(List.of(), List.of("*")).of(show))
                .hasMessage("No file is left to pack: '*' leaves out all there is.");
        assertThatThrownBy(() -> choice(List.of("extras/empty"), List.of()).of(show))
                .hasMessage("No file is left to pack: there is none in 'extras/empty'.");
    }

    @Test
    void aDownloadThatIsOneFileIsChosen() throws Exception {
        var chosen = choice(List.of(), List.of("*")).of(show.resolve("e1.mkv"));
        assertThat(chosen.entries()).extracting(Entry::name).containsExactly("e1.mkv");
        assertThat(chosen.leftOut()).isEqualTo(LeftOut.NOTHING);
    }

    @Test
    void whatCannotBePackedDoesNoHarmWhereItIsLeftOut() throws Exception {
        new ProcessBuilder("mkfifo", show.resolve("extras/pipe").toString())
                .start()
                .waitFor();
        assertThatThrownBy(() -> choice(List.of(), List.of()).of(show))
                .hasMessageContaining("'Show/extras/pipe' cannot be packed");
        assertThatThrownBy(() -> choice(List.of("extras"), List.of("*.nfo")).of(show))
                .hasMessageContaining("'Show/extras/pipe' cannot be packed");
        assertThatThrownBy(() -> choice(List.of("extras/pipe"), List.of()).of(show))
                .hasMessageContaining("'Show/extras/pipe' cannot be packed");
        assertThat(names(choice(List.of("a.mkv"), List.of()).of(show))).containsExactly("a.mkv");
        assertThat(names(choice(List.of(), List.of("extras")).of(show))).contains("a.mkv");
    }

    @Test
    void presetsLeaveOutSamplesAndJunkAndPatternsHaveTheLastWord() throws Exception {
        var release = release();
        assertThat(left(release, List.of(ExcludePreset.SAMPLES), List.of()))
                .containsAll(JUNK)
                .containsAll(WANTED)
                .doesNotContainAnyElementsOf(SAMPLES);
        assertThat(left(release, List.of(ExcludePreset.JUNK), List.of()))
                .containsAll(SAMPLES)
                .containsAll(WANTED)
                .doesNotContainAnyElementsOf(JUNK);
        assertThat(left(release, List.of(ExcludePreset.values()), List.of("!b.*", "*.nfo")))
                .contains("b.mkv.part")
                .doesNotContain("sample.nfo", "Sample/x.mkv");
    }

    @Test
    void aPresetThatLeavesNothingIsNamed() {
        var sample = release().resolve("Sample");
        assertThatThrownBy(() -> left(sample, List.of(ExcludePreset.JUNK), List.of("*.mkv")))
                .hasMessage("No file is left to pack: 'junk', '*.mkv' leave out all there is.");
    }

    private Path release() {
        var release = home.resolve("Release");
        Stream.of(SAMPLES, JUNK, WANTED).flatMap(List::stream).forEach(name -> Folders.file(release, name, 1));
        return release;
    }

    private static List<String> left(Path source, List<ExcludePreset> presets, List<String> exclude) throws Exception {
        return new FileChoice(List.of(), presets, exclude)
                .of(source).entries().stream()
                        .filter(FileChoice::isNoFolder)
                        .map(entry -> entry.name().substring(entry.name().indexOf('/') + 1))
                        .toList();
    }

    private static FileChoice choice(List<String> only, List<String> exclude) {
        return new FileChoice(only, List.of(), exclude);
    }

    private static List<String> names(FileChoice.Chosen chosen) {
        return chosen.entries().stream()
                .map(Entry::name)
                .filter(name -> !name.equals("Show"))
                .map(name -> name.substring("Show/".length()))
                .toList();
    }
}
