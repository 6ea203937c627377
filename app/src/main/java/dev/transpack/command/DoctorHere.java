package dev.transpack.command;

import dev.transpack.database.DatabaseClock;
import dev.transpack.database.DatabaseException;
import dev.transpack.database.DatabaseProbe;
import dev.transpack.packing.PackSettings;
import dev.transpack.settings.Figures;
import dev.transpack.settings.FolderException;
import dev.transpack.space.Disk;
import dev.transpack.space.Disks;
import dev.transpack.space.SpaceSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the doctor looks at on this machine: the data directory, the disk, the database, the port, `rar`.
final class DoctorHere {
    private static final long NO_ROOM = 64L << 20;
    private static final String DISK = "disk";

    private DoctorHere() {}

    static Stream<Finding> findings(AppSettings settings) {
        return Stream.<Supplier<Stream<Finding>>>of(
                        () -> Stream.of(Finding.ok("settings", "all of them can be read.")),
                        () -> Stream.of(dataDir(settings.dataDir())),
                        () -> room(settings.features()),
                        () -> Stream.of(database(settings)),
                        () -> clock(settings),
                        () -> Stream.of(port(settings)),
                        () -> Stream.of(rar(settings.features().packs())))
                .flatMap(Supplier::get);
    }

    private static Finding dataDir(Path dir) {
        var what = "data-dir";
        var problem = FolderException.problem(dir, what);
        if (problem.isPresent()) return Finding.fail(what, problem.get());
        if (Files.notExists(dir)) return Finding.ok(what, dir + " will be made at the first start.");
        return openToOthers(dir)
                ? Finding.warn(what, dir + " can be written by others. Take that from them: chmod go-w '" + dir + "'")
                : Finding.ok(what, dir + " can be written.");
    }

    private static boolean openToOthers(Path dir) {
        try {
            var granted = Files.getPosixFilePermissions(dir, LinkOption.NOFOLLOW_LINKS);
            return granted.contains(PosixFilePermission.OTHERS_WRITE)
                    || granted.contains(PosixFilePermission.GROUP_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // a file system without them has other ways
        }
    }

    private static Stream<Finding> room(AppSettings.FeatureSettings settings) {
        var staging = settings.packs().stagingDir();
        return Stream.concat(
                Disks.of(settings.space(), staging).stream().map(disk -> room(disk, settings.space())),
                Disks.unmeasured(settings.space(), staging).stream().map(DoctorHere::unmeasured));
    }

    static Finding room(Disk disk, SpaceSettings settings) {
        if (disk.free() < NO_ROOM) return Finding.fail(DISK, disk.full());
        if (disk.low()) return Finding.warn(DISK, disk.warning(settings.diskLow()));
        return Finding.ok(DISK, Figures.size(disk.free()) + " free for " + disk.folder() + ".");
    }

    private static Finding unmeasured(Path folder) {
        return Finding.warn(
                DISK, "how much room there is for " + folder + " could not be measured. Check that its disk is there.");
    }

    private static Finding database(AppSettings settings) {
        try {
            return Finding.ok("database", DatabaseProbe.look(settings.database()));
        } catch (DatabaseException e) {
            return Finding.fail("database", String.valueOf(e.getMessage()));
        }
    }

    /// Of a database that other machines may share.
    private static Stream<Finding> clock(AppSettings settings) {
        return DatabaseClock.problem(DatabaseProbe.clockAhead(settings.database(), InstantSource.system()))
                .map(problem -> Finding.warn("clock", problem))
                .stream();
    }

    private static Finding port(AppSettings settings) {
        var server = settings.server();
        var place = server.address() + ":" + server.port();
        try (var _ = new ServerSocket(server.port(), 1, InetAddress.getByName(server.address()))) {
            return Finding.ok("port", place + " is free.");
        } catch (UnknownHostException e) {
            return Finding.fail("port", "there is no address " + server.address() + ". Set server.address.");
        } catch (BindException e) {
            return answers(settings)
                    ? Finding.ok("port", "a server answers at " + place + ".")
                    : Finding.fail(
                            "port",
                            place + " cannot be listened on (" + e.getMessage()
                                    + "). Stop what uses it, or set server.port and server.address.");
        } catch (IOException e) {
            return Finding.fail("port", place + " cannot be listened on (" + e.getMessage() + "). Set server.port.");
        }
    }

    /// Whether what listens there is one of us.
    private static boolean answers(AppSettings settings) {
        return Health.of(ClientOptions.address(settings.server()));
    }

    /// Only one format needs it.
    private static Finding rar(PackSettings settings) {
        var program = settings.rarBinary();
        if (!Files.isExecutable(program))
            return Finding.ok("rar", "not installed at " + program + "; only the format rar-binary needs it.");
        try {
            return Finding.ok("rar", program + ", " + RarVersion.of(program) + ".");
        } catch (IOException e) {
            return Finding.warn(
                    "rar", program + " does not run (" + e.getMessage() + "). Only the format rar-binary needs it.");
        }
    }
}
