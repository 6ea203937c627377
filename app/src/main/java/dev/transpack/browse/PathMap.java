package dev.transpack.browse;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// From the daemon's folders to ours, for a daemon in a container or on another machine. The longest match wins;
/// what no mapping covers is the same on both sides.
public record PathMap(List<Mapping> mappings) {
    public PathMap {
        mappings = mappings.stream()
                .sorted(Comparator.comparingInt((Mapping mapping) -> mapping.daemon.length())
                        .reversed())
                .toList();
    }

    /// What the daemon calls `daemon` is `local` here.
    public record Mapping(String daemon, Path local) {
        public Mapping {
            daemon = daemon.length() > 1 && daemon.endsWith("/") ? daemon.substring(0, daemon.length() - 1) : daemon;
            if (!daemon.startsWith("/") && !daemon.matches("[A-Za-z]:.*"))
                throw new InvalidPathException(daemon, "not absolute");
            if (!local.isAbsolute()) throw new InvalidPathException(local.toString(), "not absolute");
            local = local.normalize();
        }

        static Mapping parse(String text) {
            var equals = text.lastIndexOf('=');
            if (equals <= 0) throw new InvalidPathException(text, "no equals sign");
            return new Mapping(
                    text.substring(0, equals).strip(),
                    Path.of(text.substring(equals + 1).strip()));
        }
    }

    /// Where the daemon's file or folder is here; empty when its name cannot be one here.
    public Optional<Path> toLocal(String daemonPath) {
        try {
            for (var mapping : mappings) {
                var rest = below(mapping.daemon, daemonPath);
                if (rest.isPresent()) return rest.map(mapping.local::resolve).map(Path::normalize);
            }
            var same = Path.of(daemonPath);
            return same.isAbsolute() ? Optional.of(same.normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // a name that no file here can have
        }
    }

    private static Optional<String> below(String folder, String path) {
        if (path.equals(folder)) return Optional.of("");
        var start = folder.endsWith("/") ? folder : folder + "/";
        return path.startsWith(start) ? Optional.of(path.substring(start.length())) : Optional.empty();
    }
}
