package dev.transpack.librar;

/// How the contents of a ZIP stand there: as they are, or encrypted.
interface ZipProtection extends Protection {
    /// As they are.
    ZipProtection NONE = new ZipProtection() {};

    /// How that of one file or link does, by its index in the plan.
    default ZipContent content(int entry) {
        return ZipContent.PLAIN;
    }
}
