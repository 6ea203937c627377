package dev.transpack.librar;

import dev.transpack.librar.Segment.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The header a stream passed last, and the places that wait for its bytes. There is never more than one
/// unresolved: the data a header waits for stands directly behind it.
final class PendingHeader {
    private final ArchivePlan plan;
    private final int segment;
    private final Header header;
    private final StreamChecksums checksums;
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Fragment> expected = new ArrayList<>();
    private byte @Nullable [] bytes;

    PendingHeader(ArchivePlan plan, int segment, Header header, StreamChecksums checksums) {
        this.plan = plan;
        this.segment = segment;
        this.header = header;
        this.checksums = checksums;
    }

    /// A span of a part that this header, or a stretch of it, belongs into.
    private record Gap(UnfinishedPart part, int index) {}

    boolean isResolved() {
        return bytes != null;
    }

    int segment() {
        return segment;
    }

    /// Fills a span of a part, now or as soon as the bytes are known.
    void fill(UnfinishedPart part, int index) {
        if (bytes == null) {
            gaps.add(new Gap(part, index));
        } else {
            part.fillHeader(index, bytes);
        }
    }

    /// Notes what an accepted part holds of this header.
    ///
    /// @throws ArchiveException SOURCE_CHANGED if it is not what the source gives now
    void expect(Fragment fragment) throws ArchiveException {
        if (bytes == null) {
            expected.add(fragment);
        } else {
            compare(fragment, bytes);
        }
    }

    /// Renders the header if its checksum is known by now, and fills what waited.
    void resolve() throws ArchiveException {
        if (bytes != null || !checksums.knows(header.needs())) {
            return;
        }
        var rendered = header.rendering().render(checksums.value(header.needs()));
        if (rendered.length != header.length()) {
            throw new IllegalStateException(
                    "segment " + segment + " was planned with " + header.length() + " bytes, not " + rendered.length);
        }
        bytes = rendered;
        gaps.forEach(gap -> gap.part.fillHeader(gap.index, rendered));
        for (var fragment : expected) {
            compare(fragment, rendered);
        }
    }

    private void compare(Fragment fragment, byte[] rendered) throws ArchiveException {
        var from = (int) fragment.offset();
        if (crc32(Arrays.copyOfRange(rendered, from, from + fragment.length())) != fragment.crc32()) {
            throw ArchiveException.changed(
                    plan.nameBehind(segment), "its content differs from what was already sent; start the pack afresh");
        }
    }

    private static int crc32(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
