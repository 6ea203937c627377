package dev.transpack.librar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the contents of files stand in an archive: as they are, unless a format's encryption says otherwise.
interface Protection {
    /// How they come into parts.
    default Contents contents(List<Entry> entries, SourceReader reader) {
        return new Contents.Plain(entries, reader);
    }

    /// How the content of one file is encrypted, by its index in the plan; null if it stands as it is.
    default @Nullable ContentCipher cipher(int entry) {
        return null;
    }
}
