package dev.transpack.browse;

import org.jspecify.annotations.Nullable;

/// A download and where it was seen, if it was.
record Located(
        Download download,
        @Nullable DownloadRoot root,
        @Nullable DiskEntry entry) {}
