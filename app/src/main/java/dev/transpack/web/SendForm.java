package dev.transpack.web;

import dev.transpack.packing.ExcludePreset;
import dev.transpack.packing.PackForm;
import dev.transpack.packing.PackFormat;
import dev.transpack.packing.PackRequest;
import dev.transpack.packing.PathPatterns;
import dev.transpack.settings.ByteSize;
import dev.transpack.settings.Secret;
import dev.transpack.sharing.LinkLifetime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// What somebody typed into the send dialog.
///
/// @param encrypted whether a password had been typed before, which no page repeats
/// @param only paths inside the download; empty means everything
/// @param exclude patterns, one a line
/// @param presets their words; null until somebody has seen them
/// @param expires how long the link works; empty makes none
public record SendForm(
        String download,
        @Nullable String name,
        @Nullable String format,
        @Nullable String volumeSize,
        @Nullable String level,
        @Nullable String recovery,
        boolean portableNames,
        @Nullable Secret password,
        boolean encrypted,
        List<String> only,
        @Nullable String exclude,
        @Nullable List<String> presets,
        @Nullable String destination,
        @Nullable String expires) {

    public SendForm {
        only = List.copyOf(only);
        presets = presets == null ? null : List.copyOf(presets);
    }

    /// Reads them as they were sent: a comma in a name is a comma.
    static SendForm of(MultiValueMap<String, String> sent) {
        var password = secret(sent.getFirst("password"));
        return new SendForm(
                Objects.requireNonNullElse(sent.getFirst("download"), ""),
                sent.getFirst("name"),
                sent.getFirst("format"),
                sent.getFirst("volumeSize"),
                sent.getFirst("level"),
                sent.getFirst("recovery"),
                Boolean.parseBoolean(sent.getFirst("portableNames")),
                password,
                password != null || Boolean.parseBoolean(sent.getFirst("encrypted")),
                sent.getOrDefault("only", List.of()),
                sent.getFirst("exclude"),
                presets(sent.get("presets")),
                sent.getFirst("destination"),
                sent.getFirst("expires"));
    }

    /// @throws IllegalArgumentException with a sentence, when what should be a size or a number is none, or when a
    ///     password that had been typed is missing now
    PackRequest request() {
        if (encrypted && password == null)
            throw new IllegalArgumentException("The password was not kept: type it again. To send without a password,"
                    + " choose Not now and open this dialog again.");
        return new PackRequest(
                download,
                text(destination),
                text(name),
                form(),
                password,
                only,
                exclude == null ? List.of() : PathPatterns.lines(exclude),
                presets == null ? null : presets.stream().map(ExcludePreset::of).toList(),
                true);
    }

    /// How long its link is to live; none when none is wanted.
    ///
    /// @throws IllegalArgumentException with a sentence, when that is no time
    Optional<LinkLifetime> lifetime() {
        return Optional.ofNullable(text(expires)).map(LinkLifetime::parse);
    }

    private PackForm form() {
        return new PackForm(
                chosenFormat(), size(volumeSize), number(level), number(recovery), portableNames ? true : null);
    }

    private @Nullable PackFormat chosenFormat() {
        var text = text(format);
        return text == null ? null : PackFormat.of(text);
    }

    /// An empty one is always sent, so that none is known from not asked.
    private static @Nullable List<String> presets(@Nullable List<String> words) {
        return words == null
                ? null
                : words.stream().filter(word -> !word.isEmpty()).toList();
    }

    private static @Nullable Integer number(@Nullable String typed) {
        var text = text(typed);
        if (text == null) return null;
        if (text.matches("\\d{1,9}")) return Integer.valueOf(text);
        throw new IllegalArgumentException("'" + text + "' is no number: write one, or leave it empty.");
    }

    private static @Nullable Secret secret(@Nullable String typed) {
        return typed == null || typed.isEmpty() ? null : new Secret(typed);
    }

    private static @Nullable Long size(@Nullable String typed) {
        var text = text(typed);
        return text == null ? null : ByteSize.parse(text).bytes();
    }

    private static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
