package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.TranspackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo as somebody who has just cloned the repository sees it.
@Timeout(240)
class DemoCommandTest {
    private static final Pattern LABEL = Pattern.compile("(?m)^([a-z-]+:) ");

    @TempDir
    Path folder;

    @Test
    void whatItPrintsIsInTheReadmeAndLeadsOtherCommandsToIt() throws Exception {
        var environment = Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Dtranspack.checkout=" + Path.of("..").toRealPath(),
                "TMPDIR",
                folder.toString(),
                "TRANSPACK_SERVER_PORT",
                "not read");
        try (var demo = TranspackProcess.start(folder, environment, "demo", "--port", "0")) {
            var dataDir = demo.printed("data-dir");
            assertThat(dataDir).startsWith(demo.printed("folder"));
            demo.printed("link");
            var readme = Files.readString(Path.of("..", "README.md"));
            assertThat(LABEL.matcher(demo.output()).results().map(label -> label.group(1)))
                    .containsExactly("folder:", "data-dir:", "page:", "user:", "password:", "link:")
                    .allMatch(label -> readme.contains("`" + label + "`"));
            var packs = TranspackProcess.run(folder, Map.of("TRANSPACK_DATA_DIR", dataDir), "packs");
            assertThat(packs.output()).contains("ready");
            demo.stop();
            assertThat(Path.of(dataDir).getParent()).doesNotExist();
        }
    }
}
