package dev.transpack.packing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.transpack.settings.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What somebody wants packed, and how. Kept with the pack, so that its plan can be made again.
///
/// @param destination its name; null takes the standard one
/// @param name of the volumes; null names them after the download
/// @param form of the volumes
/// @param password they are encrypted with; never kept with the request
/// @param only see [FileChoice]; empty means everything
/// @param exclude patterns such as `*.nfo` or `Sample/`, see [FileChoice]
/// @param presets more to leave out; null takes the usual ones when it is accepted, and none afterwards
/// @param upload false lays the pack out and leaves it until it is asked to go up
public record PackRequest(
        String download,
        @Nullable String destination,
        @Nullable String name,
        @JsonUnwrapped PackForm form,
        @JsonIgnore @Nullable Secret password,
        List<String> only,
        List<String> exclude,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        List<ExcludePreset> presets,

        boolean upload) {

    public PackRequest {
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
        presets = presets == null ? null : List.copyOf(presets);
    }

    /// Without a word on presets.
    public PackRequest(
            String download,
            @Nullable String destination,
            @Nullable String name,
            PackForm form,
            @Nullable Secret password,
            List<String> only,
            List<String> exclude,
            boolean upload) {
        this(download, destination, name, form, password, only, exclude, null, upload);
    }

    /// Everything in the download, sent with the settings as they are.
    public static PackRequest of(String download) {
        return new PackRequest(download, null, null, PackForm.USUAL, null, List.of(), List.of(), true);
    }

    /// The same, complete.
    PackRequest or(PackSettings usual) {
        var presets = this.presets == null ? usual.presets() : this.presets;
        return new PackRequest(
                download, destination, name, form.or(usual.usual()), password, only, exclude, presets, upload);
    }

    /// Which files it wants.
    ///
    /// @throws IllegalArgumentException naming a pattern that cannot be read
    public FileChoice choice() {
        return new FileChoice(only, presets == null ? List.of() : presets, exclude);
    }

    /// What it leaves out, for people: presets by their names, then patterns.
    public List<String> leavesOut() {
        var named = presets == null ? Stream.<String>of() : presets.stream().map(ExcludePreset::word);
        return Stream.concat(named, exclude.stream()).toList();
    }
}
