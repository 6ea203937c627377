package dev.transpack.uploading;

import dev.transpack.librar.RarPlan;
import dev.transpack.settings.Secret;
import org.jspecify.annotations.Nullable;

/// A pack whose volumes the `rar` program makes.
///
/// @param id the folder of its objects, and its name in staging
/// @param name for people
/// @param plan what it holds
/// @param password null leaves it open
/// @param partSize bytes of a part, see [#partSize]
/// @param tool what sent it, for the manifest: `transpack 0.1.0`
public record StagedPack(
        String id, String name, RarPlan plan, @Nullable Secret password, int partSize, String tool) {

    /// The part size for volumes of which only the most they can have is known.
    public static int partSize(RarPlan plan, UploadSettings settings) {
        return settings.partSizeFor(Math.min(plan.options().volumeSize(), plan.mostBytes()));
    }
}
