package dev.transpack.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.transpack.fixtures.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names become paths here and nowhere else; whatever is wrong with one entry, the others are listed.
class DownloadRootTest {
    private Path folder;
    private DownloadRoot root;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        folder = Files.createDirectory(home.toRealPath().resolve("downloads"));
        root = DownloadRoot.open(folder);
        Folders.film(folder, "good film");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "../x", "/etc"})
    void whatIsNotANameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> root.entry(Path.of(name)));
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("out"), Files.createDirectory(folder.resolveSibling("downloads too")));
        Files.createSymbolicLink(folder.resolve("parent"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("itself"), Path.of("."));

        for (var name : List.of("out", "parent", "itself")) assertProblem(name, "leaves the download folder");
        assertGood();
    }

    @Test
    void aDanglingLinkIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nothing"));

        assertProblem("dangling", "something that does not exist");
        assertGood();
    }

    @Test
    void aLinkToItselfIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        assertProblem("loop", "leads to itself");
        assertGood();
    }

    @Test
    void aLinkToAnotherEntryLeadsThere() throws IOException {
        Files.createSymbolicLink(folder.resolve("alias"), Path.of("good film"));

        var entry = root.entry(Path.of("alias"));

        assertThat(entry.problem()).isNull();
        assertThat(entry.leadsTo()).isEqualTo(folder.resolve("good film"));
    }

    @Test
    void aNameThatIsNoTextIsShownAndRefused() throws IOException {
        var odd = Path.of(URI.create("file://" + folder + "/caf%E9%20%FF"));
        Files.writeString(odd, "x");

        var entry = root.entries().stream()
                .filter(one -> one.problem() != null)
                .findFirst()
                .orElseThrow();

        assertThat(entry.text()).isEqualTo("caf\ufffd \ufffd");
        assertThat(entry.name().bytes()).containsExactly('c', 'a', 'f', 0xe9, ' ', 0xff);
        assertThat(entry.problem()).contains("not UTF-8");
        assertGood();
    }

    @Test
    void whatIsNeitherFileNorFolderIsRefused() throws Exception {
        run("mkfifo", folder.resolve("pipe").toString());

        assertProblem("pipe", "neither a file nor a folder");
        assertGood();
    }

    /// Root may read everything, so a root without that right looks: permissions hold for it as for everybody.
    @Test
    void whatMayNotBeReadIsShownAndTheRestToo() throws Exception {
        Files.createDirectory(folder.resolve("locked"));
        Folders.file(folder, "secret.bin", 10);
        run(
                "chmod",
                "000",
                folder.resolve("locked").toString(),
                folder.resolve("secret.bin").toString());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root"))
            command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        command.addAll(
                List.of(java, "-cp", System.getProperty("java.class.path"), Lists.class.getName(), folder.toString()));

        assertThat(run(command.toArray(String[]::new)))
                .contains(
                        "good film: null", "locked: this program may not read it", "secret.bin: this program may not");
    }

    /// Prints what one look shows, for the test above.
    static final class Lists {
        private Lists() {}

        static void main(String[] arguments) throws IOException {
            for (var entry : DownloadRoot.open(Path.of(arguments[0])).entries())
                System.out.println(entry.text() + ": " + entry.problem());
        }
    }

    private void assertProblem(String name, String reason) throws IOException {
        var entry = root.entries().stream()
                .filter(one -> one.text().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(entry.problem()).contains(reason);
        assertThat(root.entry(Path.of(name)).problem()).contains(reason);
    }

    private void assertGood() throws IOException {
        assertThat(root.entries())
                .filteredOn(entry -> entry.problem() == null)
                .extracting(DiskEntry::text)
                .contains("good film");
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
