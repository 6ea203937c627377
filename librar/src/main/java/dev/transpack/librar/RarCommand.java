package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The arguments of one run of `rar`, and the folder it runs in. Never a shell; names only behind `--` or in a
/// list.
///
/// @param arguments the program first
/// @param directory where it runs, so that the top folder stands in the archive
/// @param list the list file to remove afterwards
record RarCommand(List<String> arguments, Path directory, Optional<Path> list) {

    static RarCommand of(Path rar, RarRequest request, boolean password) throws IOException {
        var source = request.source();
        if (source.getFileName() == null || source.getParent() == null) {
            throw ArchiveException.refused("'" + source + "' has no name: choose a folder below it");
        }
        var top = source.getFileName().toString();
        var arguments = switches(rar, request.options(), password);
        if (!request.only().isEmpty()) {
            var list = writeList(request);
            // UTF-8 list, and folders in it stand for themselves alone
            arguments.addAll(List.of("-scfl", "-r-", "--", archive(request), "@" + list));
            return new RarCommand(List.copyOf(arguments), source.getParent(), Optional.of(list));
        }
        arguments.add("-@"); // a name that begins with @ is a name
        if (!hasMask(top)) {
            arguments.addAll(List.of("--", archive(request), top));
            return new RarCommand(List.copyOf(arguments), source.getParent(), Optional.empty());
        }
        if (!Files.isDirectory(source)) {
            throw ArchiveException.refused(
                    "rar takes * and ? in '" + top + "' for wildcards: rename it or use store mode");
        }
        arguments.addAll(List.of("-r", "-ap" + top, "--", archive(request), "."));
        return new RarCommand(List.copyOf(arguments), source, Optional.empty());
    }

    private static List<String> switches(Path rar, RarOptions options, boolean password) {
        var arguments = new ArrayList<String>();
        program("nice").ifPresent(nice -> arguments.addAll(List.of(nice.toString(), "-n", "10")));
        arguments.addAll(List.of(rar.toString(), "a", "-ma5", "-m" + options.level()));
        arguments.add("-v" + options.volumeSize() + "b");
        if (options.recoveryPercent() > 0) {
            arguments.add("-rr" + options.recoveryPercent() + "p");
        }
        if (password) {
            arguments.add("-hp"); // without a value: asked for on standard input, names encrypted too
        }
        // links as links; no configuration file or RAR variable; no percentages; asks before each next volume
        arguments.addAll(List.of("-ol", "-cfg-", "-idp", "-vp"));
        return arguments;
    }

    private static String archive(RarRequest request) {
        return request.staging().resolve(request.name().value() + ".rar").toString();
    }

    private static Path writeList(RarRequest request) throws IOException {
        for (var name : request.only()) {
            if (hasMask(name) || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
                throw ArchiveException.refused("rar cannot be given '" + name
                        + "' alone (wildcard or line break in its name): pack the whole folder or use store mode");
            }
        }
        var list = Files.createTempFile(request.staging(), "list", ".txt");
        return Files.write(list, request.only());
    }

    private static boolean hasMask(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    /// Finds a program on the search path.
    static Optional<Path> program(String name) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
