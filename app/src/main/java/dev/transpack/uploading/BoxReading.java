package dev.transpack.uploading;

import dev.transpack.librar.Fragment;
import dev.transpack.librar.Part;
import dev.transpack.librar.PartLedger;
import dev.transpack.librar.PartStream;
import dev.transpack.librar.PlanChecksums;
import dev.transpack.uploading.AcceptedPart.PartChecksums;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads every byte of a pack once, notes each part in the ledger as an upload would, and makes what it is served with:
/// its checksums and its manifest. Parts that the ledger has are not read again.
final class BoxReading implements PartLedger {
    private static final String NOWHERE = ""; // what a destination would call the part

    private final OutgoingPack pack;
    private final UploadLedger ledger;
    private final int readers;
    private final AtomicLong bytes = new AtomicLong();
    private int knownVolume = -1;
    private Map<Integer, AcceptedPart> known = Map.of();

    /// @param readers how many parts are read at once
    BoxReading(OutgoingPack pack, UploadLedger ledger, int readers) {
        this.pack = pack;
        this.ledger = ledger;
        this.readers = UploadSettings.withinMemory(readers, pack.partSize());
    }

    /// What a pack is served with.
    record Read(PlanChecksums checksums, PackManifest manifest) {}

    /// How far it is; may be asked on any thread.
    long bytes() {
        return bytes.get();
    }

    /// @throws dev.transpack.librar.ArchiveException if a source changed or cannot be read, by name
    Read run() throws IOException, InterruptedException {
        var plan = pack.plan();
        try (var stream = new PartStream(plan, pack.partSize(), this, plan.partsThatWait() + readers, readers)) {
            for (var part = stream.next(); part != null; part = stream.next()) note(part);
            plan.verifySources();
            for (var volume : plan.volumes()) complete(volume.index());
            return new Read(stream.checksums(), PackManifest.of(pack, ledger, stream));
        }
    }

    @Override
    public Optional<List<Fragment>> accepted(int volume, int part) {
        if (knownVolume != volume) {
            knownVolume = volume;
            known = ledger.parts(volume).stream().collect(Collectors.toMap(AcceptedPart::number, Function.identity()));
        }
        var accepted = Optional.ofNullable(known.get(part));
        accepted.ifPresent(there -> bytes.addAndGet(there.size()));
        return accepted.map(AcceptedPart::fragments);
    }

    private void note(Part part) throws IOException {
        try (part) {
            var content = PartBytes.of(part);
            var digests = PartDigests.of(content.bytes());
            ledger.accepted(
                    part.volume(),
                    new AcceptedPart(
                            content.number(),
                            content.length(),
                            NOWHERE,
                            digests.sha256(),
                            new PartChecksums(content.crc32(), digests.crc32c()),
                            content.fragments()));
            bytes.addAndGet(content.length());
        }
    }

    private void complete(int volume) throws IOException {
        var crc = VolumeChecksums.of(ledger.parts(volume));
        ledger.completed(volume, new CompletedVolume(tag(volume), null, crc.crc32(), crc.crc32c(), null));
    }

    /// The same for the same bytes, and for no others.
    private String tag(int volume) {
        return pack.plan().fingerprint().substring(0, 32) + "-" + (volume + 1);
    }
}
