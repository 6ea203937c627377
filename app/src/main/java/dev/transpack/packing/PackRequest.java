package dev.transpack.packing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.transpack.settings.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants packed, and how. Kept with the pack, so that its plan can be made again.
///
/// @param destination its name; null takes the standard one
/// @param name of the volumes; null names them after the download
/// @param form of the volumes
/// @param password they are encrypted with; never kept with the request
/// @param only see [FileChoice]; empty means everything
/// @param exclude patterns such as `*.nfo` or `Sample/`, see [FileChoice]
/// @param upload false lays the pack out and leaves it until it is asked to go up
public record PackRequest(
        String download,
        @Nullable String destination,
        @Nullable String name,
        @JsonUnwrapped PackForm form,
        @JsonIgnore @Nullable Secret password,
        List<String> only,
        List<String> exclude,
        boolean upload) {

    public PackRequest {
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }

    /// Everything in the download, sent with the settings as they are.
    public static PackRequest of(String download) {
        return new PackRequest(download, null, null, PackForm.USUAL, null, List.of(), List.of(), true);
    }

    /// The same, complete.
    PackRequest or(PackForm usual) {
        return new PackRequest(download, destination, name, form.or(usual), password, only, exclude, upload);
    }
}
