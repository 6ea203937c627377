package dev.transpack.librar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What is known of the disks under source files, as far as it decides how to read from them. Linux tells; where nobody
/// does, a disk may spin.
public final class SourceDisk {
    private static final int SEVERAL = 4;
    /// As the kernel and FUSE name them.
    private static final Set<String> BEHIND_A_NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "9p",
            "ceph",
            "afs",
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.davfs",
            "fuse.glusterfs",
            "fuse.s3fs");

    private final Path sys;

    /// The disks of this machine.
    public SourceDisk() {
        this(Path.of("/sys"));
    }

    /// @param sys where the kernel tells of its devices
    SourceDisk(Path sys) {
        this.sys = sys;
    }

    /// How many parts to read at once from what holds a file or folder: one from a disk that spins or may do so, more
    /// from one that answers late but serves many at a time.
    public int readers(Path path) {
        try {
            var type = Files.getFileStore(path).type();
            return BEHIND_A_NETWORK.contains(type) || isSolid(path) ? SEVERAL : 1;
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return 1;
        }
    }

    private boolean isSolid(Path path) throws IOException {
        var device = sys.resolve("dev/block").resolve(number((long) Files.getAttribute(path, "unix:dev")));
        return Files.exists(device)
                && rotational(device.toRealPath()).filter("0"::equals).isPresent();
    }

    /// Of a partition, its disk knows.
    private static Optional<String> rotational(Path device) throws IOException {
        for (var each : new Path[] {device, device.getParent()}) {
            var file = each.resolve("queue/rotational");
            if (Files.exists(file)) {
                return Optional.of(Files.readString(file).strip());
            }
        }
        return Optional.empty();
    }

    /// As makedev(3) packs them: major and minor number.
    static String number(long device) {
        var major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        var minor = (device & 0xff) | (device >>> 12 & ~0xffL);
        return major + ":" + minor;
    }
}
