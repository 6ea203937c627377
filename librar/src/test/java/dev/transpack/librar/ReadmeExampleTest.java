package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first example of README.md is a program: it compiles against what librar publishes, and packs.
class ReadmeExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path scratch;

    @Test
    void theExampleCompilesRunsAndItsVolumesExtract() throws Exception {
        var folder = FolderFixture.in(Files.createDirectory(scratch.resolve("in")), "Sintel")
                .file("film.mkv", 200_000)
                .file("subtitles/en.srt", 321)
                .link("latest", "film.mkv");
        var volumes = Files.createDirectory(scratch.resolve("volumes"));
        var example = example()
                .replace("/downloads/Sintel", folder.path().toString())
                .replace("/volumes", volumes.toString());

        run(compiled(example));

        assertThat(volumes.resolve("Sintel.rar")).exists();
        assertThat(TreeDiff.between(folder.parent(), Extractors.UNRAR.extract(volumes.resolve("Sintel.rar"), scratch)))
                .isEmpty();
    }

    private static String example() throws Exception {
        var found = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
        assertThat(found.find()).isTrue();
        assertThat(found.group(1)).contains("\"/downloads/Sintel\"", "\"/volumes\"");
        return found.group(1);
    }

    /// Outside of librar's package, so that it sees what is public and nothing else.
    private Path compiled(String example) throws Exception {
        var source = scratch.resolve("Example.java");
        Files.writeString(
                source,
                "import dev.transpack.librar.*;\nimport java.io.IOException;\nimport java.nio.file.Path;\n"
                        + "public class Example {\n public static void main(String[] args) throws Exception {\n"
                        + example + "}\n}\n");
        var classes = Files.createDirectory(scratch.resolve("classes"));
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        var complaints = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-classpath", librar().toString(), "-d", classes.toString(), "-Xlint:all", "-Werror");
            var sources = files.getJavaFileObjects(source);
            assertThat(compiler.getTask(complaints, files, null, options, null, sources)
                            .call())
                    .as(() -> complaints.toString())
                    .isTrue();
        }
        return classes;
    }

    private static void run(Path classes) throws Exception {
        try (var loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ReadmeExampleTest.class.getClassLoader())) {
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }

    private static Path librar() throws Exception {
        var built =
                Objects.requireNonNull(ArchivePlan.class.getProtectionDomain().getCodeSource());
        return Path.of(built.getLocation().toURI());
    }
}
