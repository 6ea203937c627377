package dev.transpack.uploading;

import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.PartStream;
import dev.transpack.librar.RangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;

/// Makes the recovery data of volumes that arrived, each read once more for it, and sends it: that of two at a time, if
/// it is small, else of one. What a crash left half-way is made again; the same volume gives the same bytes.
///
/// One thread starts it; volumes may arrive on any.
final class RecoveryUploads implements AutoCloseable {
    private static final int AT_ONCE = 2;
    /// Of one volume, so that two need no more memory than one may.
    private static final long SMALL = 64 << 20;

    private final OutgoingPack pack;
    private final VolumeUploads volumes;
    private final List<RangeReader> all;
    private final BlockingQueue<RangeReader> free;
    private final VolumeSending sending;
    /// The first first: encrypted files are read on from volume to volume.
    private final Queue<Integer> arrived = new PriorityBlockingQueue<>();
    private final Set<Integer> started = new HashSet<>();

    RecoveryUploads(OutgoingPack pack, VolumeUploads volumes, PartStream stream, VolumeSending sending) {
        this.pack = pack;
        this.volumes = volumes;
        this.all = Stream.generate(stream::rangeReader).limit(atOnce(pack)).toList();
        this.free = new ArrayBlockingQueue<>(all.size(), false, all);
        this.sending = sending;
    }

    /// A volume is an object now. One that an earlier run began waits for the end: the stream may not have come by the
    /// parts that it skips, and lacks their checksums until then.
    void arrived(VolumeUpload volume) {
        if (pack.files().hasRecovery() && !volume.isResumed())
            arrived.add(volume.volume().index());
    }

    /// Begins with the next volume that arrived, if there is one and no other is being worked on.
    void startNext(PartUploads uploads) throws IOException, InterruptedException {
        if (arrived.isEmpty()) return;
        var reader = free.poll();
        if (reader != null) start(uploads, arrived.remove(), reader);
    }

    /// Begins with all that is not there yet, now that everything arrived and the stream has ended.
    void startRest(PartUploads uploads) throws IOException, InterruptedException {
        if (!pack.files().hasRecovery()) return;
        for (var volume : pack.plan().volumes()) {
            if (started.contains(volume.index()) || missing(volume.index()).isEmpty()) continue;
            start(uploads, volume.index(), free.take());
        }
    }

    /// After all that was started has ended.
    @Override
    public void close() throws ArchiveException {
        for (var reader : all) reader.close();
    }

    /// An encrypted file is read on from volume to volume: by one reader.
    private static int atOnce(OutgoingPack pack) {
        var files = pack.files();
        if (!files.hasRecovery() || pack.plan().isEncrypted()) return 1;
        return files.volumes().get(files.indexFile(0) + 1).length() <= SMALL ? AT_ONCE : 1;
    }

    /// @param reader given back when it is done
    private void start(PartUploads uploads, int volume, RangeReader reader) throws IOException, InterruptedException {
        started.add(volume);
        var files = new ArrayList<VolumeUpload>();
        for (var index : missing(volume)) files.add(volumes.begin(index));
        uploads.start(() -> {
            try {
                send(volume, files, reader);
                return null;
            } finally {
                free.add(reader);
            }
        });
    }

    /// Those of a volume's recovery files that are not objects yet.
    private List<Integer> missing(int volume) {
        var first = pack.files().indexFile(volume);
        return Stream.of(first, first + 1)
                .filter(index -> !volumes.isCompleted(index))
                .toList();
    }

    private void send(int volume, List<VolumeUpload> files, RangeReader reader)
            throws IOException, InterruptedException {
        var data = pack.files().make(volume, reader);
        var first = pack.files().indexFile(volume);
        for (var file : files) {
            send(file, file.volume().index() == first ? data.index() : data.recovery());
            sending.complete(file);
        }
    }

    private void send(VolumeUpload file, InputStream bytes) throws IOException, InterruptedException {
        var left = file.volume().length();
        for (var number = 1; left > 0; number++) {
            var next = new byte[(int) Math.min(left, pack.partSize())];
            left -= next.length;
            bytes.readNBytes(next, 0, next.length);
            var part = PartBytes.of(number, ByteBuffer.wrap(next));
            if (!file.holds(number, Digests.sha256(part.bytes()))) sending.send(file, part);
        }
    }
}
