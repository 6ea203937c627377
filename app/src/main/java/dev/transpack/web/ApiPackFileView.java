package dev.transpack.web;

import dev.transpack.packing.PackFiles.PackFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of a pack as the API shows it.
///
/// @param mode Unix permission bits, in octal
record ApiPackFileView(
        String path,
        String kind,
        long bytes,
        Instant modifiedAt,
        String mode,
        @Nullable String linkTarget) {

    static ApiPackFileView of(PackFile file) {
        return new ApiPackFileView(
                file.path(),
                ApiWords.of(file.kind()),
                file.size(),
                file.modified(),
                Integer.toOctalString(file.mode() & 0xFFF),
                file.linkTarget());
    }
}
