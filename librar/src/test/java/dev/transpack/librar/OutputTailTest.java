package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of what `rar` says.
class OutputTailTest {
    @Test
    void theLastLinesAndTheQuestionAreKept() {
        var said = "first\r\n" + "  50%\r".repeat(30) + "Disk is full  [R]etry, [A]bort ";
        try (var tail = tail(said)) {
            assertThat(tail.lines()).hasSize(20).endsWith("Disk is full  [R]etry, [A]bort");
            assertThat(tail.question()).contains("Disk is full");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\r \n", "\u20ac\n", "[R]etry, [A]bort", "no line end"})
    void anyOutputIsRead(String said) {
        RarOutputFuzz.fuzzerTestOneInput(said.getBytes(StandardCharsets.UTF_8));
        RarOutputFuzz.fuzzerTestOneInput(said.repeat(3000).getBytes(StandardCharsets.UTF_16));
    }

    private static OutputTail tail(String said) {
        return new OutputTail(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)));
    }
}
