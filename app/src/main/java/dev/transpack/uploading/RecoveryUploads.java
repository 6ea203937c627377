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
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Makes the recovery data of volumes that arrived, each read once more for it, and sends it. That of one volume at a
/// time is in memory. What a crash left half-way is made again; the same volume gives the same bytes.
///
/// One thread starts it; volumes may arrive on any.
final class RecoveryUploads implements AutoCloseable {
    private final OutgoingPack pack;
    private final VolumeUploads volumes;
    private final RangeReader reader;
    private final VolumeSending sending;
    private final Semaphore memory = new Semaphore(1);
    /// The first first: encrypted files are read on from volume to volume.
    private final Queue<Integer> arrived = new PriorityBlockingQueue<>();
    private final Set<Integer> started = new HashSet<>();

    RecoveryUploads(OutgoingPack pack, VolumeUploads volumes, PartStream stream, VolumeSending sending) {
        this.pack = pack;
        this.volumes = volumes;
        this.reader = stream.rangeReader();
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
        if (arrived.isEmpty() || !memory.tryAcquire()) return;
        start(uploads, arrived.remove());
    }

    /// Begins with all that is not there yet, now that everything arrived and the stream has ended.
    void startRest(PartUploads uploads) throws IOException, InterruptedException {
        if (!pack.files().hasRecovery()) return;
        for (var volume : pack.plan().volumes()) {
            if (started.contains(volume.index()) || missing(volume.index()).isEmpty()) continue;
            memory.acquire();
            start(uploads, volume.index());
        }
    }

    /// After all that was started has ended.
    @Override
    public void close() throws ArchiveException {
        reader.close();
    }

    /// The caller has the permit; whoever does the work gives it back.
    private void start(PartUploads uploads, int volume) throws IOException, InterruptedException {
        started.add(volume);
        var files = new ArrayList<VolumeUpload>();
        for (var index : missing(volume)) files.add(volumes.begin(index));
        uploads.start(() -> {
            try {
                send(volume, files);
                return null;
            } finally {
                memory.release();
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

    private void send(int volume, List<VolumeUpload> files) throws IOException, InterruptedException {
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
