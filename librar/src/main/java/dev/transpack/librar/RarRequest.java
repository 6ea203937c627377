package dev.transpack.librar;

import java.nio.file.Path;
import java.util.List;

/// One run of the `rar` program.
///
/// @param name what the volumes are called after
/// @param source the file or folder; its own name is the top of the archive
/// @param only names inside the archive, as [Entry#name] gives them; empty for everything
/// @param staging an existing folder, outside the source, where volumes appear
/// @param options how to pack
/// @param mostBytes more than all volumes together will have
public record RarRequest(
        PackName name, Path source, List<String> only, Path staging, RarOptions options, long mostBytes) {
    /// Of a pack of which nobody knows how large it will be.
    public RarRequest(PackName name, Path source, List<String> only, Path staging, RarOptions options) {
        this(name, source, only, staging, options, Long.MAX_VALUE);
    }

    /// Keeps its own copies.
    public RarRequest {
        source = source.toAbsolutePath().normalize();
        staging = staging.toAbsolutePath().normalize();
        only = List.copyOf(only);
    }
}
