package dev.transpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every fuzz target holds for what it begins with and for what was ever found by it (`fuzz/<target>`).
/// `scripts/fuzz.sh` looks for more.
class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Path TARGETS = Path.of("src/test/java");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TestFactory
    Stream<DynamicTest> seedsHold() throws IOException {
        return targets().stream()
                .flatMap(target -> seeds(target).stream()
                        .map(seed -> DynamicTest.dynamicTest(
                                simpleName(target) + " " + seed.getFileName(), () -> run(target, seed))));
    }

    @Test
    void everyTargetHasSeedsAndEverySeedATarget() throws IOException {
        var names = targets().stream().map(FuzzSeedsTest::simpleName).toList();
        assertThat(names).isNotEmpty();
        assertThat(SEEDS.toFile().list()).containsExactlyInAnyOrderElementsOf(names);
    }

    private static void run(String target, Path seed) {
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            var method = Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class);
            try {
                method.invoke(null, (Object) Files.readAllBytes(seed));
            } catch (InvocationTargetException e) {
                throw new AssertionError(simpleName(target) + " does not hold for " + seed, e.getCause());
            }
        });
    }

    private static List<String> targets() throws IOException {
        try (var all = Files.walk(TARGETS)) {
            return all.filter(file -> file.toString().endsWith("Fuzz.java"))
                    .map(file -> TARGETS.relativize(file).toString())
                    .map(name -> name.replace(".java", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> seeds(String target) {
        try (var all = Files.list(SEEDS.resolve(simpleName(target)))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("no seeds of " + target, e);
        }
    }

    private static String simpleName(String target) {
        return target.substring(target.lastIndexOf('.') + 1);
    }
}
