package dev.transpack.librar;

import java.util.List;

/// How the contents of files stand in an archive: as they are, unless a format's encryption says otherwise.
interface Protection {
    /// How they come into parts.
    default Contents contents(List<Entry> entries, SourceReader reader) {
        return new Contents.Plain(entries, reader);
    }
}
