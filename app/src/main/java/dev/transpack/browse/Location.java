package dev.transpack.browse;

import java.nio.file.Path;

/// Where a download can be packed from, or why it cannot.
public sealed interface Location {
    /// The real path, with no symlink in it, inside the download folder.
    record Ready(Path path, Download download) implements Location {}

    /// Why not, as half a sentence for a person.
    record NotReady(String reason) implements Location {}
}
