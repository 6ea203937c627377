package dev.transpack.browse;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a download can be packed from, or why it cannot.
public sealed interface Location {
    /// The real path, with no symlink in it, inside the download folder.
    ///
    /// @param root the download folder as nodes call it; null when it has no name
    record Ready(Path path, NamedRoots.@Nullable Named root, Download download) implements Location {}

    /// Why not, as half a sentence for a person.
    record NotReady(String reason) implements Location {}
}
