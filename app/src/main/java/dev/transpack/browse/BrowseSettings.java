package dev.transpack.browse;

import dev.transpack.settings.SettingsReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where downloads lie, as we see them. Without a folder Transmission's own is taken, through the path map.
///
/// @param shared folders that other machines have too, under one name
public record BrowseSettings(@Nullable Path dir, PathMap pathMap, List<Shared> shared) {
    private static final String REMEDY = "write <the daemon's folder>=<the same folder here>, both absolute";
    private static final String SHARED_REMEDY =
            "write <a name>=<the folder here, absolute>, with the same name on every node that has the same files there";

    /// A folder that other machines have too.
    ///
    /// @param name what all nodes call it; at most 200 characters
    public record Shared(String name, Path folder) {
        private static final int LONGEST = 200;

        static Shared parse(String text) {
            var equals = text.lastIndexOf('=');
            var name = equals <= 0 ? "" : text.substring(0, equals).strip();
            if (name.isEmpty() || name.length() > LONGEST) throw new InvalidPathException(text, "no name");
            var folder = Path.of(text.substring(equals + 1).strip());
            if (!folder.isAbsolute()) throw new InvalidPathException(text, "not absolute");
            return new Shared(name, folder.normalize());
        }
    }

    public BrowseSettings {
        shared = List.copyOf(shared);
    }

    /// Where no folder is shared.
    public BrowseSettings(@Nullable Path dir, PathMap pathMap) {
        this(dir, pathMap, List.of());
    }

    /// Reads `downloads.dir`, `downloads.path-map` and `downloads.shared`.
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
        return new BrowseSettings(dir, new PathMap(mappings), shared(reader));
    }

    private static List<Shared> shared(SettingsReader reader) {
        var folders = new ArrayList<Shared>();
        for (var item : reader.list("downloads.shared")) {
            try {
                folders.add(Shared.parse(item));
            } catch (InvalidPathException e) {
                reader.problem("downloads.shared", item, SHARED_REMEDY);
            }
        }
        return folders;
    }
}
