package dev.transpack.librar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Ways to run a plan in tests.
final class Packing {
    private Packing() {}

    /// The name of a part: volume and number.
    record PartName(int volume, int number) {}

    /// A part kept after its buffer went back.
    record Kept(ByteBuffer bytes, List<Fragment> fragments, int crc32) {
        byte[] array() {
            var array = new byte[bytes.remaining()];
            bytes.duplicate().get(array);
            return array;
        }
    }

    /// Writes the volumes of a plan into a folder and returns the first one's path.
    static Path write(ArchivePlan plan, Path directory, int partSize) throws Exception {
        try (var stream = new PartStream(plan, partSize, PartLedger.empty(), plan.partsThatWait() + 1);
                var writer = new DirectoryWriter(plan, directory)) {
            for (var next = stream.next(); next != null; next = stream.next()) {
                try (var part = next) {
                    writer.write(part);
                }
            }
            plan.verifySources();
            writer.commit();
        }
        return directory.resolve(plan.volumes().getFirst().name());
    }

    /// Leaves holes where parts are all zeros: four gigabytes need not reach the disk.
    static Path writeSparsely(ArchivePlan plan, Path directory) throws Exception {
        var zeros = new byte[1 << 20];
        try (var stream = new PartStream(plan, zeros.length, PartLedger.empty(), plan.partsThatWait() + 1)) {
            for (var next = stream.next(); next != null; next = stream.next()) {
                var path = directory.resolve(plan.volumes().get(next.volume()).name());
                try (var part = next;
                        var file = new RandomAccessFile(path.toFile(), "rw")) {
                    file.setLength(plan.volumes().get(part.volume()).length());
                    if (part.bytes().mismatch(ByteBuffer.wrap(zeros)) < part.length()
                            && part.bytes().mismatch(ByteBuffer.wrap(zeros)) >= 0) {
                        file.getChannel().write(part.bytes(), part.offset());
                    }
                }
            }
        }
        return directory.resolve(plan.volumes().getFirst().name());
    }

    /// Puts the volumes of a plan one behind the other into a file.
    ///
    /// @param first where the first one is; the others are beside it
    static Path joined(ArchivePlan plan, Path first, Path whole) throws IOException {
        try (var out = Files.newOutputStream(whole)) {
            for (var volume : plan.volumes()) {
                Files.copy(first.resolveSibling(volume.name()), out);
            }
        }
        return whole;
    }

    /// Every part of a plan that a ledger lacks, in the order they came.
    static Map<PartName, Kept> produce(ArchivePlan plan, int partSize, PartLedger ledger) throws Exception {
        try (var stream = new PartStream(plan, partSize, ledger, plan.partsThatWait() + 1)) {
            return drain(stream);
        }
    }

    static Map<PartName, Kept> drain(PartStream stream) throws Exception {
        var kept = new LinkedHashMap<PartName, Kept>();
        for (var next = stream.next(); next != null; next = stream.next()) {
            try (var part = next) {
                var bytes = new byte[part.length()];
                part.bytes().get(bytes);
                kept.put(
                        new PartName(part.volume(), part.number()),
                        new Kept(ByteBuffer.wrap(bytes), part.fragments(), part.crc32()));
            }
        }
        return kept;
    }

    /// The next part of a stream that has not ended.
    static Part next(PartStream stream) {
        try {
            var part = stream.next();
            if (part == null) {
                throw new AssertionError("the stream ended early");
            }
            return part;
        } catch (ArchiveException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A ledger of the given parts.
    static PartLedger ledger(Map<PartName, Kept> accepted) {
        var copy = new HashMap<>(accepted);
        return (volume, part) ->
                Optional.ofNullable(copy.get(new PartName(volume, part))).map(Kept::fragments);
    }

    /// The bytes of each volume, from its parts.
    static List<byte[]> volumes(Map<PartName, Kept> parts) {
        var volumes = new TreeMap<Integer, TreeMap<Integer, byte[]>>();
        parts.forEach((name, part) ->
                volumes.computeIfAbsent(name.volume(), v -> new TreeMap<>()).put(name.number(), part.array()));
        var result = new ArrayList<byte[]>();
        for (var volume : volumes.values()) {
            var bytes = new ByteArrayOutputStream();
            volume.values().forEach(bytes::writeBytes);
            result.add(bytes.toByteArray());
        }
        return result;
    }
}
