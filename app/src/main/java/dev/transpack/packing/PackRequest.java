package dev.transpack.packing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants packed, and how. Kept with the pack, so that its plan can be made again.
///
/// @param destination its name; null takes the standard one
/// @param name of the volumes; null names them after the download
/// @param volumeSize bytes of a volume; null takes the setting
/// @param only paths inside the download, folders with all that is in them; empty means everything
/// @param exclude globs such as `*.nfo` or `Sample/**`, matched against the path inside the download and the bare name
/// @param upload false lays the pack out and leaves it until it is asked to go up
public record PackRequest(
        String download,
        @Nullable String destination,
        @Nullable String name,
        @Nullable Long volumeSize,
        List<String> only,
        List<String> exclude,
        boolean upload) {

    public PackRequest {
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }

    /// Everything in the download, sent with the settings as they are.
    public static PackRequest of(String download) {
        return new PackRequest(download, null, null, null, List.of(), List.of(), true);
    }
}
