package dev.transpack.librar;

import dev.transpack.librar.PartRanges.Span;
import dev.transpack.librar.Segment.FileRange;
import java.io.IOException;

/// How what a part holds of files comes into its buffer. Parts are begun in the plan's order.
interface PartReading {
    /// Begins with a part.
    Begun begin(UnfinishedPart part) throws ArchiveException;

    /// Lets go of what is open; reads in progress fail with CLOSED. On any thread.
    void close() throws IOException;

    /// A part that is being read; asked for its spans in order.
    interface Begun {
        /// What was read into one of the part's spans, that of a file range.
        ///
        /// @throws ArchiveException SOURCE_CHANGED, SOURCE_UNREADABLE, or CLOSED
        Contents.Stretch stretch(int span) throws ArchiveException, InterruptedException;
    }

    /// Reads each span when it is asked for, on the asking thread.
    record InTurn(ArchivePlan plan, Contents contents, SourceReader reader) implements PartReading {
        @Override
        public Begun begin(UnfinishedPart part) {
            return index -> fill(part, part.spans().get(index));
        }

        private Contents.Stretch fill(UnfinishedPart part, Span span) throws ArchiveException, InterruptedException {
            var file = (FileRange) plan.segment(span.segment());
            return contents.fill(file.entry(), file.offset() + span.offset(), part.place(span));
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
