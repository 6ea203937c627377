package dev.transpack.librar;

/// The layouts librar can write itself.
public enum ArchiveFormat {
    /// RAR5-compatible volumes, store mode.
    RAR5,
    /// ZIP with ZIP64, stored: one object, or cut into `.zip.001`, `.zip.002`...
    ZIP,
    /// TAR in the pax format: one object, or cut into `.tar.001`, `.tar.002`...
    TAR,
    /// No archive: every file that has bytes is a volume of its own, called by its path.
    FILES
}
