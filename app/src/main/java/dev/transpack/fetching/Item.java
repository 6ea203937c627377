package dev.transpack.fetching;

import dev.transpack.librar.ContentCipher;
import dev.transpack.librar.Entry;
import dev.transpack.uploading.PackManifest.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is to be made: a file, folder or link of the pack, or one of its volumes.
///
/// @param size of its content, in bytes
/// @param modified null if that does not matter
/// @param mode permission bits; null if they do not matter
/// @param link where a link points; empty for anything else
/// @param crc32 of its content
/// @param cipher null if it stands as it is
/// @param places where its bytes lie, in order, with what fills its last encrypted block up
record Item(
        String path,
        Entry.Kind kind,
        long size,
        @Nullable Instant modified,
        @Nullable Integer mode,
        String link,
        int crc32,
        @Nullable ContentCipher cipher,
        List<Place> places) {
    boolean isFile() {
        return kind == Entry.Kind.FILE;
    }
}
