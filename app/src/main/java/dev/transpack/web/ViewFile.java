package dev.transpack.web;

import dev.transpack.librar.Entry;
import dev.transpack.packing.PackFiles;

/// One file or folder of a pack.
public record ViewFile(String path, long size, boolean folder) {
    static ViewFile of(PackFiles.PackFile file) {
        return new ViewFile(file.path(), file.size(), file.kind() == Entry.Kind.DIRECTORY);
    }
}
