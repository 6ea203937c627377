package dev.transpack.browse;

import dev.transpack.settings.SettingsReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Where downloads lie, as we see them. Without a folder Transmission's own is taken, through the path map.
public record BrowseSettings(@Nullable Path dir, PathMap pathMap) {
    private static final String REMEDY = "write <the daemon's folder>=<the same folder here>, both absolute";

    /// Reads `downloads.dir` and `downloads.path-map`.
    public static BrowseSettings read(SettingsReader reader) {
        var mappings = new ArrayList<PathMap.Mapping>();
        for (var item : reader.list("downloads.path-map")) {
            try {
                mappings.add(PathMap.Mapping.parse(item));
            } catch (InvalidPathException e) {
                reader.problem("downloads.path-map", item, REMEDY);
            }
        }
        var dir = reader.findPath("downloads.dir").map(Path::toAbsolutePath).orElse(null);
        return new BrowseSettings(dir, new PathMap(mappings));
    }
}
