package dev.transpack.uploading;

import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Volume;

/// A pack that is to be uploaded.
///
/// @param id the folder of its objects
/// @param name for people
/// @param plan its bytes
/// @param partSize what [UploadSettings#partSizeFor] gave when the pack was begun; the same on every later run
/// @param tool what wrote it, for the manifest: `transpack 0.1.0`
public record OutgoingPack(String id, String name, ArchivePlan plan, int partSize, String tool) {

    int parts() {
        return plan.volumes().stream().mapToInt(this::parts).sum();
    }

    int parts(Volume volume) {
        return Math.toIntExact(Math.ceilDiv(volume.length(), partSize));
    }
}
