package dev.transpack.fetching;

import dev.transpack.fetching.FetchPart.Stretch;
import dev.transpack.librar.Decryption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Fetches parts, each checked against its SHA-256 and written while it comes: memory does not grow with their size.
/// What
/// was written of a part that turns out to be damaged is written over.
final class PartFetch {
    private final LinkClient client;
    private final RemotePack pack;
    private final FetchPlan plan;
    private final Workplace workplace;
    private final LongConsumer came;

    /// @param came told how many bytes came, and with a negative number how many of those count no more
    PartFetch(LinkClient client, RemotePack pack, FetchPlan plan, Workplace workplace, LongConsumer came) {
        this.client = client;
        this.pack = pack;
        this.plan = plan;
        this.workplace = workplace;
        this.came = came;
    }

    /// @return checksums of what was written
    List<FileSums.Sum> run(FetchPart part) throws IOException, InterruptedException {
        return client.persistently(() -> once(part));
    }

    private List<FileSums.Sum> once(FetchPart part) throws IOException, InterruptedException {
        var leads = leads(part);
        var digest = RemotePack.newSha256();
        var meter = new Meter();
        try (var writer = new PartWriter(part.stretches(), stretch -> open(stretch, leads.get(stretch)))) {
            client.range(part.volume(), part.offset(), part.size(), bytes -> {
                digest.update(bytes.duplicate());
                meter.add(bytes.remaining());
                writer.take(bytes);
            });
            if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256()))
                throw new FetchException(
                        FetchException.Kind.MAY_BE_CHANCE,
                        "A part of '" + part.volume()
                                + "' arrives damaged, each time it is fetched: have the pack sent again.");
            meter.keep();
            return writer.sums();
        } finally {
            meter.close();
        }
    }

    /// Takes back what a part that failed had added.
    private final class Meter {
        private long bytes;

        void add(int more) {
            bytes += more;
            came.accept(more);
        }

        void keep() {
            bytes = 0;
        }

        void close() {
            if (bytes > 0) came.accept(-bytes);
        }
    }

    private StretchWriter open(Stretch stretch, byte @Nullable [] lead) throws IOException {
        var item = plan.items().get(stretch.item());
        var cipher = item.cipher();
        Decryption.@Nullable Opening opening = cipher == null
                ? null
                : pack.decryption().from(cipher, stretch.from(), lead == null ? new byte[0] : lead);
        return new StretchWriter(workplace.file(item), item.size(), stretch.from(), opening);
    }

    /// What stands before the stretches that go on in the middle of a chain of blocks: a few bytes each, which a part
    /// before or a volume before holds. The file's checksum speaks for them.
    private Map<Stretch, byte[]> leads(FetchPart part) throws IOException, InterruptedException {
        var leads = new HashMap<Stretch, byte[]>();
        for (var stretch : part.stretches()) {
            var item = plan.items().get(stretch.item());
            var length = item.cipher() == null ? 0 : item.cipher().lead(stretch.from());
            if (length > 0) leads.put(stretch, stored(item, stretch.from() - length, stretch.from()));
        }
        return leads;
    }

    private byte[] stored(Item item, long from, long to) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        for (var place : item.places()) {
            var begin = Math.max(from, place.from());
            var end = Math.min(to, place.from() + place.length());
            if (begin >= end) continue;
            var offset = place.offset() + begin - place.from();
            var channel = Channels.newChannel(bytes);
            client.range(pack.volumeName(place.volume()), offset, end - begin, (ByteBuffer b) -> channel.write(b));
        }
        return bytes.toByteArray();
    }
}
