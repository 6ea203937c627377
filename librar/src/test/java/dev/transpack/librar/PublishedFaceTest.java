package dev.transpack.librar;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What librar shows to others: one package, no dependency, and a description of everything public.
class PublishedFaceTest {
    private static final List<String> PUBLIC = List.of(
            "ArchiveException",
            "ArchiveFormat",
            "ArchiveOptions",
            "ArchivePlan",
            "Checksums",
            "ContentCipher",
            "Decryption",
            "DirectoryWriter",
            "Encryption",
            "Entry",
            "EntryScan",
            "Fragment",
            "NameWarning",
            "PackName",
            "Part",
            "PartLedger",
            "PartStream",
            "Password",
            "Piece",
            "PortableNames",
            "PlanChecksums",
            "RangeReader",
            "RarBinary",
            "RarOptions",
            "RarPlan",
            "RarRequest",
            "RecoveryData",
            "RecoveryPlan",
            "SourceDisk",
            "Volume");

    @TempDir
    Path scratch;

    @Test
    void nothingButTheJdkIsNeededAtRunTime() throws Exception {
        var module = ModuleFinder.of(classes())
                .find("dev.transpack.librar")
                .orElseThrow()
                .descriptor();

        assertThat(module.requires().stream()
                        .filter(needed -> !needed.modifiers().contains(Requires.Modifier.STATIC))
                        .map(Requires::name)
                        .collect(toSet()))
                .isEqualTo(Set.of("java.base"));
        assertThat(module.exports()).singleElement().satisfies(exported -> {
            assertThat(exported.source()).isEqualTo("dev.transpack.librar");
            assertThat(exported.isQualified()).isFalse();
        });
    }

    @Test
    void nothingMoreIsPublicThanWhatIsUsed() throws Exception {
        try (var files = Files.list(classes().resolve("dev/transpack/librar"))) {
            var shown = files.map(
                            file -> Objects.requireNonNull(file.getFileName()).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .filter(PublishedFaceTest::isPublic)
                    .collect(toSet());
            assertThat(shown).containsExactlyInAnyOrderElementsOf(PUBLIC);
        }
    }

    /// Parameters and results are described where the sentence does not do it.
    @Test
    void everythingPublicIsDescribedAndEveryReferenceLeadsSomewhere() throws Exception {
        var complaints = javadoc()
                .lines()
                .filter(line -> line.contains("warning: ") || line.contains("error: "))
                .filter(line -> !line.matches(".* no @(param|return|throws).*"));

        assertThat(complaints).isEmpty();
    }

    private String javadoc() throws Exception {
        var arguments = new ArrayList<>(List.of("-locale", "en_US", "-encoding", "UTF-8", "-quiet", "-public"));
        arguments.addAll(List.of("-Xdoclint:all", "-Xmaxwarns", "1000", "-d", scratch.toString()));
        arguments.addAll(List.of("--module-path", builtAt(Nullable.class).toString()));
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        var said = new StringWriter();
        var out = new PrintWriter(said);
        var javadoc = ToolProvider.findFirst("javadoc").orElseThrow();

        var exit = javadoc.run(out, out, arguments.toArray(String[]::new));

        assertThat(exit).as(() -> said.toString()).isZero();
        return said.toString();
    }

    private static boolean isPublic(String type) {
        try {
            return Modifier.isPublic(
                    Class.forName("dev.transpack.librar." + type).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Path classes() throws Exception {
        return builtAt(ArchivePlan.class);
    }

    private static Path builtAt(Class<?> type) throws Exception {
        var built = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
        return Path.of(built.getLocation().toURI());
    }
}
