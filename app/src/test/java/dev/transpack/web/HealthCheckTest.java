package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Eventually;
import dev.transpack.fixtures.SetClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a monitor is told while a look takes its time.
@Timeout(60)
class HealthCheckTest {
    private static final Duration LASTS = Duration.ofSeconds(15);

    @Test
    void aSlowLookChangesNothingUntilItHangsForLong() throws Exception {
        var clock = new SetClock();
        var answer = new AtomicReference<>(CompletableFuture.completedFuture(true));
        var check = new HealthCheck("bucket", LASTS, () -> answer.get().join(), clock);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(check.up(threads)).isTrue();
            var slow = new CompletableFuture<Boolean>();
            answer.set(slow);
            clock.advance(LASTS);
            assertThat(check.up(threads)).as("what was seen before").isTrue();
            clock.advance(Duration.ofSeconds(10));
            assertThat(check.up(threads)).as("still, and at once").isTrue();
            clock.advance(Duration.ofSeconds(10));
            assertThat(check.up(threads)).as("given up").isFalse();
            slow.complete(true);
            Eventually.until("the answer came after all", () -> check.up(threads));
        }
    }
}
