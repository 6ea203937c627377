package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.settings.ByteSize;
import org.junit.jupiter.api.Test;

/// At a low rate bytes go out in small stretches, so that something is always moving.
class RateLimitTest {
    /// More than a token in a nanosecond, which a bucket cannot hold.
    @Test
    void anyRateMayBeSet() throws Exception {
        for (var rate : new String[] {"1g", "40g", "900t"}) {
            var limit = new RateLimit(null);
            limit.change(ByteSize.parse(rate));
            limit.await(128 << 10);
            assertThat(limit.stretch()).isEqualTo(128 << 10);
        }
    }

    @Test
    void theSlowerTheShorterTheStretch() {
        assertThat(new RateLimit(ByteSize.parse("1k")).stretch()).isEqualTo(512);
        assertThat(new RateLimit(ByteSize.parse("100k")).stretch()).isEqualTo(10_240);
        assertThat(new RateLimit(ByteSize.parse("100m")).stretch()).isEqualTo(128 << 10);
        assertThat(new RateLimit(null).stretch()).isEqualTo(128 << 10);
    }
}
