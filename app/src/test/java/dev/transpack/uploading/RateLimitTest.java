package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.settings.ByteSize;
import org.junit.jupiter.api.Test;

/// At a low rate bytes go out in small stretches, so that something is always moving.
class RateLimitTest {
    @Test
    void theSlowerTheShorterTheStretch() {
        assertThat(new RateLimit(ByteSize.parse("1k")).stretch()).isEqualTo(512);
        assertThat(new RateLimit(ByteSize.parse("100k")).stretch()).isEqualTo(10_240);
        assertThat(new RateLimit(ByteSize.parse("100m")).stretch()).isEqualTo(128 << 10);
        assertThat(new RateLimit(null).stretch()).isEqualTo(128 << 10);
    }
}
