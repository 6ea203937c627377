package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.S3Relay;
import dev.transpack.fixtures.S3Server;
import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.DirectoryWriter;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.PartLedger;
import dev.transpack.librar.PartStream;
import dev.transpack.librar.RangeReader;
import dev.transpack.librar.RecoveryPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A folder, its plan, a bucket behind a relay, and uploads of the one to the other.
final class UploadFixture implements AutoCloseable {
    static final int MIB = 1 << 20;
    static final int PART = 5 * MIB;
    static final int IN_FLIGHT = 3;
    static final UploadSettings SETTINGS = new UploadSettings(PART, IN_FLIGHT, 1, RateRules.UNLIMITED);
    static final Retries QUICK = new Retries(12, Duration.ZERO, Duration.ZERO);
    static final String PACK = "pack-0001";
    static final String PREFIX = "some/prefix";

    final S3Server server = S3Server.shared();
    final S3Relay relay = S3Relay.before(server);
    final String bucket = server.newBucket();
    final ObjectStore store;
    final Path home;
    final Path source;
    DestinationFacts facts = new DestinationFacts(true, true, true, true, DestinationFacts.ConditionalPut.HONOURED, 0);
    String prefix = PREFIX;
    int recovery = 0;

    UploadFixture(Path home) throws IOException {
        this.home = home;
        this.source = Files.createDirectories(home.resolve("source").resolve("Some.Show.S01"));
        this.store = S3Fixture.store(relay.endpoint(), bucket);
    }

    UploadFixture file(String name, int size) throws IOException {
        var bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        var path = source.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
        return this;
    }

    /// 30 MiB in odd files: with volumes of 12 MiB three volumes of three, three and two parts.
    UploadFixture season() throws IOException {
        return file("episode 1.mkv", 11 * MIB + 13)
                .file("sub/$(touch x).nfo", 77)
                .file("episode 2.mkv", 13 * MIB + 1)
                .file("sub/empty", 0)
                .file("zz last.mkv", 6 * MIB);
    }

    ArchivePlan plan(int volumeSize) throws IOException {
        return ArchivePlan.of(
                source.getFileName().toString(), EntryScan.of(source).entries(), ArchiveOptions.rar5(volumeSize));
    }

    OutgoingPack pack(ArchivePlan plan) throws IOException {
        return new OutgoingPack(PACK, "Some Show", files(plan), PART, "transpack test");
    }

    /// Its volumes and, if there is to be any, their recovery data.
    RecoveryPlan files(ArchivePlan plan) throws IOException {
        return RecoveryPlan.of(plan, recovery);
    }

    Destination destination() {
        return new Destination(store, prefix, facts);
    }

    LedgerFile ledger(ArchivePlan plan) throws IOException {
        return LedgerFile.open(
                home.resolve("state").resolve("one.upload"),
                new LedgerFile.Start(PACK, plan.fingerprint(), PART, null));
    }

    PackUpload upload(ArchivePlan plan, UploadLedger ledger) throws IOException {
        return new PackUpload(pack(plan), destination(), ledger, SETTINGS, PartBody.Pace.UNLIMITED, QUICK);
    }

    /// Opens the ledger, runs, and closes the ledger: what a process does.
    SealedPack run(ArchivePlan plan) throws Exception {
        try (var ledger = ledger(plan)) {
            return upload(plan, ledger).run(_ -> {});
        }
    }

    ObjectKey key(String volume) {
        return ObjectKey.of(PREFIX, PACK, volume);
    }

    /// It is as its schema says.
    PackManifest manifest() throws Exception {
        var key = ObjectKey.manifest(PREFIX, PACK);
        var size = store.find(key).orElseThrow().size();
        var json = store.read(key, 0, (int) size);
        ManifestSchema.assertDescribes(json);
        return PackManifest.parse(json);
    }

    /// What the same plan gives in a folder.
    Path writtenToFolder(ArchivePlan plan) throws Exception {
        var folder = Files.createDirectories(home.resolve("folder"));
        try (var stream = new PartStream(plan, PART, PartLedger.empty(), plan.partsThatWait() + 1);
                var writer = new DirectoryWriter(files(plan), folder)) {
            for (var part = stream.next(); part != null; part = stream.next())
                try (var held = part) {
                    writer.write(held);
                }
            writeRecovery(plan, writer);
            writer.commit();
        }
        return folder;
    }

    private void writeRecovery(ArchivePlan plan, DirectoryWriter writer) throws Exception {
        var files = files(plan);
        if (!files.hasRecovery()) return;
        try (var reader = new RangeReader(plan)) {
            for (var volume : plan.volumes()) {
                var data = files.make(volume.index(), reader);
                var index = files.indexFile(volume.index());
                writer.write(index, 0, ByteBuffer.wrap(data.index().readAllBytes()));
                writer.write(index + 1, 0, ByteBuffer.wrap(data.recovery().readAllBytes()));
            }
        }
    }

    /// Every object of the pack is byte for byte what the folder holds, and nothing else lies in the bucket.
    void assertArrived(ArchivePlan plan) throws Exception {
        var folder = writtenToFolder(plan);
        var fetched = fetched(plan);
        for (var volume : files(plan).volumes())
            assertThat(Files.mismatch(fetched.resolve(volume.name()), folder.resolve(volume.name())))
                    .as(volume.name())
                    .isEqualTo(-1);
        var expected = files(plan).volumes().stream()
                .map(volume -> key(volume.name()).value())
                .collect(Collectors.toCollection(ArrayList::new));
        expected.add(ObjectKey.manifest(PREFIX, PACK).value());
        assertThat(server.filesIn(bucket)).containsExactlyInAnyOrderElementsOf(expected);
        if (prefix.equals(PREFIX)) assertThat(manifest().tool()).isEqualTo("transpack test");
    }

    /// The volumes, downloaded.
    Path fetched(ArchivePlan plan) throws Exception {
        var folder = Files.createDirectories(home.resolve("fetched"));
        for (var volume : files(plan).volumes()) {
            var file = folder.resolve(volume.name());
            Files.createDirectories(file.getParent());
            try (var out = Files.newOutputStream(file)) {
                for (long at = 0; at < volume.length(); at += PART)
                    out.write(store.read(key(volume.name()), at, (int) Math.min(PART, volume.length() - at)));
            }
        }
        return folder;
    }

    /// A watcher that ends the upload as soon as so many parts are accepted; null never does.
    static UploadWatcher<Stopped> stopAfter(@Nullable Integer parts) {
        return progress -> {
            if (parts != null && progress.parts() >= parts) throw new Stopped();
        };
    }

    /// The upload was ended by its watcher.
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void close() {
        store.close();
        relay.close();
    }
}
