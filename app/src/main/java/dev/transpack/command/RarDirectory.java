package dev.transpack.command;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.RarPlan;
import dev.transpack.librar.Volume;
import dev.transpack.packing.PackId;
import dev.transpack.packing.Staging;
import dev.transpack.settings.FolderException;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Volumes that the `rar` program makes, as files of a directory: it writes into a folder there, out of which they are
/// moved when all are whole.
record RarDirectory(Path directory, RarPlan plan, @Nullable Secret password, ProgressLine line) {
    private static final String OUTPUT = "--output";

    /// What the program writes inside the source it would pack again.
    ///
    /// @throws ArchiveException REFUSED if the directory is the source or lies in it
    static void requireOutside(Path directory, Path source) throws IOException {
        if (Files.notExists(source)) return; // who looks through it says so
        var there = FolderException.nearest(directory.toAbsolutePath().normalize());
        if (there.toRealPath().startsWith(source.toRealPath()))
            throw new ArchiveException(
                    ArchiveException.Kind.REFUSED,
                    "'" + directory + "' lies in what is packed: set " + OUTPUT + " to a folder outside of it");
    }

    /// @return the volumes
    List<Volume> write() throws IOException, InterruptedException {
        try {
            Files.createDirectories(directory);
            requireNoneThere();
            return written();
        } catch (ArchiveException e) {
            if (e.kind() != ArchiveException.Kind.DESTINATION_FAILED || !FolderException.isFull(e)) throw e;
            throw FolderException.of(directory, OUTPUT, e);
        } catch (FileSystemException e) {
            throw FolderException.of(directory, OUTPUT, e);
        }
    }

    /// Before rar works for hours in vain.
    private void requireNoneThere() throws IOException {
        var name = plan.name().value();
        try (var there = Files.newDirectoryStream(
                directory, file -> isVolume(file.getFileName().toString(), name))) {
            for (var volume : there) throw alreadyThere(volume);
        }
    }

    private static boolean isVolume(String file, String name) {
        return file.equals(name + ".rar") || (file.startsWith(name + ".part") && file.endsWith(".rar"));
    }

    private static ArchiveException alreadyThere(Path volume) {
        return new ArchiveException(
                ArchiveException.Kind.REFUSED, "'" + volume + "' is already there: remove it or choose another folder");
    }

    private List<Volume> written() throws IOException, InterruptedException {
        var binary = RarOutput.tool().binary();
        var staging = new Staging(directory, OUTPUT);
        var unfinished = ".transpack-" + PackId.random();
        var secret = password == null ? null : password.reveal().toCharArray();
        var volumes = new ArrayList<Volume>();
        try (var room = staging.open(unfinished, plan.leastBytes());
                var _ = StagingAtExit.of(staging, unfinished)) {
            binary.pack(plan.request(room.folder()), secret, (index, file) -> {
                volumes.add(new Volume(index, file.getFileName().toString(), Files.size(file)));
                var done = volumes.stream().mapToLong(Volume::length).sum();
                line.show(Math.min(done, plan.sourceBytes()), plan.sourceBytes());
            });
            plan.verifySources();
            move(room.folder(), directory, volumes);
            return volumes;
        } finally {
            if (secret != null) Arrays.fill(secret, '\0');
        }
    }

    /// All, or none: nobody sees half a set.
    static void move(Path folder, Path directory, List<Volume> volumes) throws IOException {
        for (var volume : volumes)
            if (Files.exists(directory.resolve(volume.name()), LinkOption.NOFOLLOW_LINKS))
                throw alreadyThere(directory.resolve(volume.name()));
        var moved = new ArrayList<Path>();
        try {
            for (var volume : volumes)
                moved.add(Files.move(folder.resolve(volume.name()), directory.resolve(volume.name())));
        } catch (IOException e) {
            takeBack(moved, e);
            throw e;
        }
    }

    private static void takeBack(List<Path> moved, IOException why) {
        for (var volume : moved) {
            try {
                Files.deleteIfExists(volume);
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }
}
