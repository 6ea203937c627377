package dev.transpack.uploading;

import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.librar.Volume;

/// A pack that is to be uploaded.
///
/// @param id the folder of its objects
/// @param name for people
/// @param files its volumes and, behind them, their recovery data
/// @param partSize what [UploadSettings#partSizeFor] gave when the pack was begun; the same on every later run
/// @param tool what wrote it, for the manifest: `transpack 0.1.0`
public record OutgoingPack(String id, String name, RecoveryPlan files, int partSize, String tool) {

    /// A pack without recovery data.
    public OutgoingPack(String id, String name, ArchivePlan plan, int partSize, String tool) {
        this(id, name, RecoveryPlan.none(plan), partSize, tool);
    }

    ArchivePlan plan() {
        return files.plan();
    }

    /// By its index among all files.
    Volume volume(int index) {
        return files.volumes().get(index);
    }

    int parts() {
        return files.volumes().stream().mapToInt(this::parts).sum();
    }

    int parts(Volume volume) {
        return Math.toIntExact(Math.ceilDiv(volume.length(), partSize));
    }
}
