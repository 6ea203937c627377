package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.TranspackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `transpack get` against a real server and a real bucket, from a link that was really made.
@Timeout(240)
class GetCommandTest {
    @TempDir
    static Path folder;

    private static GetFixture fixture;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws Exception {
        fixture = new GetFixture(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"rar, 12m", "rar, 500m", "zip, ''", "zip, 12m", "tar, ''", "tar, 12m", "files, ''"})
    void theFilesOfAnyFormatAreThereAsTheyWere(String format, String volumeSize) throws Exception {
        var got = get(fixture.link(format, volumeSize, false));
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(got.last()).startsWith("Fetched 6 files, 30.").endsWith(": " + home);
        fixture.assertIsIn(home);
    }

    @ParameterizedTest
    @CsvSource({"rar, 12m", "zip, ''", "zip, 12m"})
    void soAreThoseThatAPasswordHides(String format, String volumeSize) throws Exception {
        var got = typing(GetFixture.PASSWORD, fixture.link(format, volumeSize, true));
        assertThat(got.exitCode()).as(got.output()).isZero();
        fixture.assertIsIn(home.resolve("out"));
    }

    @Test
    void oneFileOfAnEncryptedPackComesAlone() throws Exception {
        var link = fixture.link("rar", "12m", true);
        assertThat(get(link).err()).contains("This pack has a password: give it with --password-stdin");
        assertThat(typing("wrong", link).output()).contains("the password is not that of this pack");
        assertThat(home.resolve("out")).doesNotExist();
        var before = fixture.parts();
        var one = typing(GetFixture.PASSWORD, link, "--only", "zz last.mkv");
        assertThat(one.exitCode()).as(one.output()).isZero();
        assertThat(fixture.parts() - before).isEqualTo(2);
        assertThat(home.resolve("out/Some Show/zz last.mkv"))
                .hasSameBinaryContentAs(fixture.source.resolve("zz last.mkv"));
    }

    @Test
    void oneFileCostsThePartsItLiesInAndNoMore() throws Exception {
        var link = fixture.link("rar", "12m", false);
        var before = fixture.requests();
        var got = get(link, "--only", "sub/$(touch x).nfo", "--only", GetFixture.NAME + "/latest");
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(fixture.requests() - before).as("the manifest and one part").isEqualTo(2);
        assertThat(home.resolve(GetFixture.NAME).resolve("sub/$(touch x).nfo"))
                .hasSameBinaryContentAs(fixture.source.resolve("sub/$(touch x).nfo"));
        assertThat(Files.readSymbolicLink(home.resolve(GetFixture.NAME).resolve("latest")))
                .hasToString("zz last.mkv");
        assertThat(home.resolve(GetFixture.NAME).resolve("zz last.mkv")).doesNotExist();
        var json = get(link, "--only", "sub", "--json", "-o", home.resolve("b").toString())
                .json();
        assertThat(json.path("bytesFetched").asLong()).isLessThanOrEqualTo(GetFixture.PART);
        assertThat(json.path("files").asInt()).isEqualTo(3);
        assertThat(get(link, "--only", "nothing").err())
                .contains("Nothing in this pack is called 'nothing': write a path as the link's page shows it.");
    }

    @Test
    void whatIsThereAsItShouldBeStaysAndNothingElseIsWrittenOver() throws Exception {
        var link = fixture.link("rar", "12m", false);
        assertThat(get(link, "--only", "sub").exitCode()).isZero();
        assertThat(get(link).last()).startsWith("Fetched 3 of 6 files, 30.0 MiB, the others were there: ");
        fixture.assertIsIn(home);
        var before = fixture.requests();
        assertThat(get(link).last()).startsWith("All there already: 6 files, 30.");
        assertThat(fixture.requests() - before).as("the manifest").isEqualTo(1);
        var mine = home.resolve(GetFixture.NAME).resolve("zz last.mkv");
        Files.writeString(mine, "mine");
        var refused = get(link);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("'" + mine + "' is in the way", "choose another folder with -o");
        assertThat(mine).hasContent("mine");
        assertThat(home.toFile().list()).containsExactly(GetFixture.NAME);
    }

    @Test
    void nothingIsWrittenThroughALink() throws Exception {
        var elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve(GetFixture.NAME), elsewhere);
        assertThat(get(fixture.link("rar", "12m", false)).err())
                .contains("'" + home.resolve(GetFixture.NAME) + "' is in the way");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aLinkThatLeadsOutIsNotMadeAndSaid() throws Exception {
        var own = Folders.film(fixture.source.getParent(), "Leads out");
        Files.createSymbolicLink(own.resolve("out"), Path.of("../../out"));
        Files.createSymbolicLink(own.resolve("in"), Path.of("subs/en.srt"));
        Eventually.until(
                "it is seen",
                () -> CommandRun.of(fixture.here(List.of("list", "Leads out")))
                        .out()
                        .contains("Leads out"));
        var got = get(fixture.sent("Leads out", "--name", "leads out"));
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(got.err()).contains("warning: 'Leads out/out': leads out of the folder");
        assertThat(home.resolve("Leads out/out")).doesNotExist();
        assertThat(home.resolve("Leads out/in")).isSymbolicLink();
    }

    @Test
    void volumesAreKeptWhenThatIsWanted() throws Exception {
        var got = get(fixture.link("rar", "12m", false), "--keep-volumes");
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(got.last()).startsWith("Fetched 3 volumes, 30.");
        Extracted.byUnrar(home, home.resolve("extracted")).isSameAs(fixture.source);
        assertThat(get("http://localhost:1/d/x", "--keep-volumes", "--only", "a")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void whatAnotherProgramPackedComesAsVolumesWithTheWordThatOpensThem() throws Exception {
        var link = fixture.link("rar-binary", "12m", false);
        assertThat(get(link, "--only", "sub").err()).contains("leave --only out");
        var got = get(link);
        assertThat(got.exitCode()).as(got.err()).isZero();
        assertThat(got.last()).contains("unrar x './get-rar-binary").contains(".part1.rar'");
        Extracted.byUnrar(home, home.resolve("extracted")).isSameAs(fixture.source);
    }

    @Test
    void whatOpensNothingIsASentence() throws Exception {
        assertThat(get("https://example.org/").err()).contains("not a link: write https://host/d/...");
        assertThat(get("ftp://example.org/d/abc").exitCode()).isEqualTo(2);
        var gone = get("http://localhost:" + fixture.server.port() + "/d/" + "a".repeat(32));
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).contains("This link opens nothing (status 404)").doesNotContain("aaaa");
        assertThat(get(
                                fixture.link("rar", "12m", false),
                                "-o",
                                folder.resolve("client.yml/x").toString())
                        .err())
                .contains("client.yml is a file, not a folder: set --output to a folder.");
    }

    private CommandRun get(String link, String... more) {
        var line = new ArrayList<>(List.of("get", link));
        if (!List.of(more).contains("-o")) line.addAll(List.of("-o", home.toString()));
        line.addAll(List.of(more));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private TranspackProcess.Ended typing(String password, String link, String... more) throws Exception {
        var input = Files.writeString(folder.resolve("password"), password + "\n");
        var line = new ArrayList<>(List.of(
                "get", link, "--password-stdin", "-o", home.resolve("out").toString()));
        line.addAll(List.of(more));
        return TranspackProcess.run(folder, input, Map.of(), line.toArray(String[]::new));
    }
}
