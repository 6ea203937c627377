package dev.transpack.space;

import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures the disks that this machine's folders lie on.
public final class Disks {
    private Disks() {}

    /// The disk of the data directory, and that of staged volumes if it is another; without those that nobody can
    /// measure.
    public static List<Disk> of(SpaceSettings settings, Path staging) {
        var disks = new ArrayList<Disk>();
        var data = store(settings.dataDir());
        var other = store(staging).filter(disk -> !data.equals(Optional.of(disk)));
        data.flatMap(disk -> measured(Disk.Use.DATA, settings.dataDir(), disk, settings))
                .ifPresent(disks::add);
        other.flatMap(disk -> measured(Disk.Use.STAGING, staging, disk, settings))
                .ifPresent(disks::add);
        return disks;
    }

    /// Those of the same folders whose room nobody can tell.
    public static List<Path> unmeasured(SpaceSettings settings, Path staging) {
        return Stream.of(settings.dataDir(), staging)
                .distinct()
                .filter(folder -> store(folder)
                        .flatMap(disk -> measured(Disk.Use.DATA, folder, disk, settings))
                        .isEmpty())
                .toList();
    }

    private static Optional<Disk> measured(Disk.Use use, Path folder, FileStore disk, SpaceSettings settings) {
        try {
            var free = disk.getUsableSpace();
            return Optional.of(new Disk(
                    use,
                    folder,
                    free,
                    disk.getTotalSpace(),
                    free < settings.diskLow().bytes()));
        } catch (IOException e) {
            return Optional.empty(); // a disk that cannot be measured cannot be called low
        }
    }

    private static Optional<FileStore> store(Path folder) {
        try {
            return Optional.of(Files.getFileStore(FolderException.nearest(folder)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
