package dev.transpack.space;

import dev.transpack.settings.ByteSize;
import dev.transpack.settings.Figures;
import java.nio.file.Path;

/// Room on one disk of this machine, in bytes.
///
/// @param low whether it is less than it should be; what downloads take is for Transmission to mind
public record Disk(Use use, Path folder, long free, long total, boolean low) {
    /// What lies on it.
    public enum Use {
        /// The database, and staged volumes unless they have a disk of their own.
        DATA("data-dir"),
        STAGING("pack.staging-dir"),
        DOWNLOADS("downloads.dir");

        private final String setting;

        Use(String setting) {
            this.setting = setting;
        }
    }

    /// One sentence with the remedy, for one that is low.
    public String warning(ByteSize least) {
        return few() + ", less than " + Figures.size(least.bytes()) + " (space.disk-low): " + remedy();
    }

    /// One sentence with the remedy, for one that nothing can be done on.
    public String full() {
        return few() + ": " + remedy();
    }

    private String few() {
        return "Only " + Figures.size(free) + " are free on the disk of " + folder;
    }

    private String remedy() {
        return "make room there, or set " + use.setting + " to a folder on another disk.";
    }
}
