package dev.transpack.verifying;

import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.PackRow;
import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.SentPacks;
import dev.transpack.jobs.JobInterrupted;
import dev.transpack.jobs.JobRun;
import dev.transpack.jobs.JobSettings;
import dev.transpack.jobs.Jobs;
import dev.transpack.jobs.Worker;
import dev.transpack.nodes.Here;
import dev.transpack.nodes.Sight;
import dev.transpack.packing.Pack;
import dev.transpack.sharing.BoxPacks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.PackVolumes;
import dev.transpack.uploading.RateLimit;
import dev.transpack.uploading.Retries;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Packs that lie in a real bucket behind a relay, and what verifies them. A pack has three volumes of up to four parts
/// of 16 KiB.
final class VerifyFixture implements AutoCloseable {
    static final int PART = 16 << 10;
    static final JobRun RUN = new JobRun() {
        @Override
        public void progress(long doneBytes, long totalBytes) {}

        @Override
        public void check() {}
    };

    final S3Relay relay = S3Relay.before(S3Server.shared());
    final SentPacks sent;
    final Path film;
    final StoredVolumes volumes;
    final Jobs jobs;
    final Verifications verifications;

    /// A root that several machines have.
    static final String BOUND = "nas";

    VerifyFixture(Path home) throws IOException {
        sent = new SentPacks(Files.createDirectory(home.resolve("data")), relay.endpoint());
        film = Folders.film(home, "Film");
        volumes = new StoredVolumes(sent.database(), sent.clock());
        jobs = new Jobs(sent.database(), InstantSource.system());
        verifications = new Verifications(
                sent.database(), sent.packs(), jobs, root -> Optional.of(root).filter(BOUND::equals));
    }

    String send() {
        return send(Pack.Grade.SAMPLED);
    }

    String send(Pack.Grade grade) {
        return sent.send(PackRow.of("Film", film), grade);
    }

    VerifyPack work() {
        var rows = new VerifyPack.Rows(sent.packs(), volumes, new PackVolumes(sent.database()), jobs);
        var boxes = new BoxPacks(
                sent.packs(),
                sent.planning(),
                new BoxRows(sent.database()),
                new RateLimit(null),
                sent.clock(),
                Sight.NONE);
        var soon = new Retries(4, Duration.ofMillis(1), Duration.ofMillis(2));
        return new VerifyPack(rows, name -> sent.store(), boxes, soon, sent.clock());
    }

    /// Verifies a pack by hand.
    Pack.Verified verify(String pack, boolean quick) throws Exception {
        work().run(new VerifyPack.Payload(pack, quick, "ann"), RUN);
        return Objects.requireNonNull(sent.get(pack).verified());
    }

    /// Does what was asked for until it is closed.
    Worker worker(String node) {
        var mine = new Jobs(sent.database(), InstantSource.system());
        mine.register(VerifyPack.KIND, work(), Retries::ofJob);
        var worker = new Worker(
                sent.database(), mine, new JobSettings(2), new Here(node, node, Sight.NONE), InstantSource.system());
        worker.start();
        return worker;
    }

    StoredVolumes.StoredVolume volume(String pack, int n) {
        return volumes.of(pack).get(n);
    }

    ObjectKey manifest(String pack) {
        return new ObjectKey(sent.packs().manifestKey(pack).orElseThrow());
    }

    /// Where the server keeps an object.
    Path file(ObjectKey key) {
        return S3Server.shared().directory().resolve(sent.bucket()).resolve(key.value());
    }

    /// Changes one byte of an object where the server keeps it: it tells the same size and the same entity tag.
    void flip(ObjectKey key, long at) throws IOException {
        try (var file = new RandomAccessFile(file(key).toFile(), "rw")) {
            file.seek(at);
            var old = file.read();
            file.seek(at);
            file.write(old ^ 1);
        }
    }

    /// A run in which somebody cancels at once.
    static final class Cancelled implements JobRun {
        @Override
        public void progress(long doneBytes, long totalBytes) throws JobInterrupted {
            check();
        }

        @Override
        public void check() throws JobInterrupted {
            throw new JobInterrupted(JobInterrupted.Cause.CANCELLED);
        }
    }

    @Override
    public void close() {
        sent.close();
        relay.close();
    }
}
