package dev.transpack.librar;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Scans a folder as a user whom permissions bind, and prints what was unreadable.
final class UnprivilegedScan {
    private UnprivilegedScan() {}

    static String of(Path folder) throws Exception {
        // A copy of the classes, because the build folder may be closed to others.
        var classes = Files.createTempDirectory("classes");
        Commands.succeed(classes, List.of("cp", "-r", builtAt(EntryScan.class) + "/.", "."));
        Commands.succeed(classes, List.of("cp", "-r", builtAt(UnprivilegedScan.class) + "/.", "."));
        open(classes);
        open(Objects.requireNonNull(folder.getParent()));
        open(folder);
        var java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(java, "-Xshare:auto", "-cp", classes.toString(), UnprivilegedScan.class.getName()));
        command.add(folder.toString());
        try {
            return Commands.succeed(classes, command);
        } finally {
            Commands.succeed(classes, List.of("rm", "-r", classes.toString()));
        }
    }

    private static String builtAt(Class<?> type) throws Exception {
        var source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
        return Path.of(source.getLocation().toURI()).toString();
    }

    private static void open(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public static void main(String[] arguments) throws Exception {
        for (var unreadable : EntryScan.of(Path.of(arguments[0])).unreadable()) {
            System.out.println(unreadable.name() + ": " + unreadable.reason());
        }
    }
}
