package dev.transpack.librar;

/// The layouts librar can write itself.
public enum ArchiveFormat {
    /// RAR5-compatible volumes, store mode.
    RAR5
}
