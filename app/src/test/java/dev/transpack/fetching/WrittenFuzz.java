package dev.transpack.fetching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.settings.ByteSize;
import dev.transpack.sharing.LinkLifetime;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What a person writes or pastes: sizes, lifetimes and links are read, or refused as what they are not.
public final class WrittenFuzz {
    private WrittenFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        read(ByteSize::parse, text).ifPresent(WrittenFuzz::survives);
        read(LinkLifetime::parse, text)
                .ifPresent(lifetime ->
                        assertThat(lifetime.value()).isBetween(Duration.ofMinutes(1), Duration.ofDays(365)));
        read(PackLink::parse, text).ifPresent(WrittenFuzz::canBeAsked);
    }

    private static <T> Optional<T> read(Function<String, T> reader, String text) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private static void survives(ByteSize size) {
        assertThat(size.bytes()).isNotNegative();
        assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
    }

    private static void canBeAsked(PackLink link) {
        assertThat(HttpRequest.newBuilder(link.page()).build().uri().getHost()).isNotBlank();
        assertThat(link.manifest().getRawPath()).endsWith("/manifest");
        assertThat(link.volume("a/../b c").getAuthority()).isEqualTo(link.page().getAuthority());
        assertThat(link.toString()).endsWith("/d/***");
    }
}
