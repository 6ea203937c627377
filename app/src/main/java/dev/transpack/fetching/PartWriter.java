package dev.transpack.fetching;

import dev.transpack.fetching.FetchPart.Stretch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the bytes of one part in order: those of files go to their places, headers go nowhere.
final class PartWriter implements AutoCloseable {
    private final List<Stretch> stretches;
    private final Places places;
    private final List<FileSums.Sum> sums = new ArrayList<>();
    private int next;
    private long position;
    private @Nullable StretchWriter open;

    /// Where stretches go.
    @FunctionalInterface
    interface Places {
        StretchWriter open(Stretch stretch) throws IOException;
    }

    PartWriter(List<Stretch> stretches, Places places) {
        this.stretches = stretches;
        this.places = places;
    }

    void take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && next < stretches.size()) {
            var stretch = stretches.get(next);
            if (position < stretch.offset()) skip(bytes, stretch.offset() - position);
            else write(bytes, stretch);
        }
    }

    /// Of all stretches that are whole.
    List<FileSums.Sum> sums() {
        return sums;
    }

    private void skip(ByteBuffer bytes, long most) {
        var length = (int) Math.min(bytes.remaining(), most);
        bytes.position(bytes.position() + length);
        position += length;
    }

    private void write(ByteBuffer bytes, Stretch stretch) throws IOException {
        var writer = open;
        if (writer == null) {
            writer = places.open(stretch);
            open = writer;
        }
        var length = (int) Math.min(bytes.remaining(), stretch.end() - position);
        writer.write(bytes.slice(bytes.position(), length));
        skip(bytes, length);
        if (position < stretch.end()) return;
        sums.add(writer.sum(stretch.item()));
        close();
        next++;
    }

    @Override
    public void close() throws IOException {
        if (open != null) open.close();
        open = null;
    }
}
