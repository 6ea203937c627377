package dev.transpack.web;

import dev.transpack.packing.PackFiles.PackFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of a pack as the API shows it.
///
/// @param mode Unix permission bits, in octal
/// @param crc32 of its content, eight hexadecimal digits, once the pack is sealed
record ApiPackFileView(
        String path,
        String kind,
        long bytes,
        Instant modifiedAt,
        String mode,
        @Nullable String linkTarget,
        @Nullable String crc32) {

    static ApiPackFileView of(PackFile file) {
        return new ApiPackFileView(
                file.path(),
                ApiWords.of(file.kind()),
                file.size(),
                file.modified(),
                Integer.toOctalString(file.mode() & 0xFFF),
                file.linkTarget(),
                hex(file.crc32()));
    }

    /// A CRC32 as the API writes it.
    static @Nullable String hex(@Nullable Integer crc32) {
        return crc32 == null ? null : "%08x".formatted(crc32);
    }
}
