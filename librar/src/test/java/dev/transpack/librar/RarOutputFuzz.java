package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;

/// Whatever a program prints: the last lines are kept, none of them blank or without end.
public final class RarOutputFuzz {
    private RarOutputFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try (var tail = new OutputTail(new ByteArrayInputStream(input))) {
            assertThat(tail.lines())
                    .hasSizeLessThanOrEqualTo(20)
                    .allSatisfy(line -> assertThat(line)
                            .isNotBlank()
                            .hasSizeLessThanOrEqualTo(1000)
                            .doesNotContain("\n", "\r"));
            tail.question().ifPresent(question -> assertThat(question).doesNotContain("[R]etry, [A]bort"));
        }
    }
}
