package dev.transpack.librar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.librar.Packing.Kept;
import dev.transpack.librar.Packing.PartName;
import dev.transpack.librar.Segment.FileRange;
import dev.transpack.librar.Segment.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// Streams that go on where another one ended.
final class Resuming {
    /// Bytes of the authentication code behind a file in an encrypted ZIP.
    private static final int SEAL = 10;

    private final ArchivePlan plan;
    private final int partSize;
    private final Map<PartName, Kept> whole;
    private final List<Integer> checksums;

    private Resuming(ArchivePlan plan, int partSize, Map<PartName, Kept> whole) throws Exception {
        this.plan = plan;
        this.partSize = partSize;
        this.whole = whole;
        this.checksums = checksums(plan);
    }

    /// What is missing is produced, nothing else, as it was before; and the checksums of files are known.
    ///
    /// @param whole all parts
    /// @param before those that were accepted
    static void fromLedger(ArchivePlan plan, int partSize, Map<PartName, Kept> whole, Map<PartName, Kept> before)
            throws Exception {
        new Resuming(plan, partSize, whole).with(before);
    }

    /// Resumes with every single part missing.
    static void withAnyOneMissing(ArchivePlan plan, int partSize) throws Exception {
        var resuming = new Resuming(plan, partSize, Packing.produce(plan, partSize, PartLedger.empty()));
        for (var missing : resuming.whole.keySet()) {
            var before = new LinkedHashMap<>(resuming.whole);
            before.remove(missing);
            resuming.with(before);
        }
    }

    /// Crashes after each number of accepted parts, and resumes. Accepted parts are not read again: what they hold of
    /// the sources is overwritten, unseen, before the next stream begins.
    static void fromEveryCrash(ArchivePlan plan, int partSize) throws Exception {
        var resuming = new Resuming(plan, partSize, Packing.produce(plan, partSize, PartLedger.empty()));
        var before = new LinkedHashMap<PartName, Kept>();
        resuming.with(before);
        for (var part : new ArrayList<>(resuming.whole.entrySet())) {
            before.put(part.getKey(), part.getValue());
            resuming.spoil(part.getValue());
            resuming.with(before);
        }
    }

    private void with(Map<PartName, Kept> before) throws Exception {
        try (var stream = new PartStream(plan, partSize, Packing.ledger(before), plan.partsThatWait() + 1)) {
            var rest = Packing.drain(stream);

            assertThat(rest.keySet()).noneMatch(before::containsKey);
            rest.putAll(before);
            assertThat(rest).isEqualTo(whole);
            for (var entry = 0; entry < checksums.size(); entry++) {
                assertThat(stream.entryCrc32(entry)).isEqualTo(checksums.get(entry));
            }
        }
    }

    private void spoil(Kept part) throws IOException {
        for (var fragment : part.fragments()) {
            switch (plan.segment(fragment.segment())) {
                case FileRange range -> spoil(range, fragment);
                case Seal seal -> {
                    // Its authentication code is known, so nothing of the file is needed any more.
                    if (seal.offset() + fragment.offset() + fragment.length() == SEAL) {
                        spoil(seal.entry(), 0, plan.entries().get(seal.entry()).size());
                    }
                }
                case Segment.Header header -> {}
            }
        }
    }

    private void spoil(FileRange range, Fragment fragment) throws IOException {
        var from = range.offset() + fragment.offset();
        var to = from + fragment.length();
        if (!plan.isEncrypted()) {
            spoil(range.entry(), from, to);
        }
        if (plan.isEncrypted() && plan.options().format() == ArchiveFormat.RAR5) {
            // A block that a part's end cuts was read with the part it begins in.
            spoil(range.entry(), Ciphers.padded(from), Ciphers.padded(to));
        }
    }

    private void spoil(int index, long from, long to) throws IOException {
        var entry = plan.entries().get(index);
        var length = Math.min(to, entry.size()) - from;
        if (length <= 0) {
            return;
        }
        try (var channel = FileChannel.open(entry.source(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate((int) length), from);
        }
        Files.setLastModifiedTime(entry.source(), FileTime.from(entry.modified()));
    }

    private static List<Integer> checksums(ArchivePlan plan) throws IOException {
        var checksums = new ArrayList<Integer>();
        for (var entry : plan.entries()) {
            var crc = new CRC32();
            if (entry.kind() == Entry.Kind.FILE) {
                crc.update(Files.readAllBytes(entry.source()));
            }
            checksums.add((int) crc.getValue());
        }
        return checksums;
    }
}
