package dev.transpack.uploading;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.transpack.settings.NewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The ledger of an upload without a server: one small file, mode 0600, that only grows. Every line is one fact and is
/// on the disk before the call returns; a last line that a crash tore is dropped at the next start. One process at a
/// time
/// may have it open. It holds no secret.
public final class LedgerFile implements UploadLedger, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final Path path;
    private final FileChannel channel;
    private final Start start;
    private final Map<Integer, KnownVolume> volumes = new TreeMap<>();
    private final Map<Integer, Map<Integer, AcceptedPart>> parts = new TreeMap<>();

    /// What the upload is: the first line. A later run goes on only if the plan's fingerprint is still the same.
    ///
    /// @param version of this form
    /// @param seed of an encrypted pack
    public record Start(
            int version,
            String packId,
            String fingerprint,
            int partSize,
            @Nullable String seed) {
        /// Refuses one that lacks what every upload has.
        public Start {
            Objects.requireNonNull(packId);
            Objects.requireNonNull(fingerprint);
        }

        public Start(String packId, String fingerprint, int partSize, @Nullable String seed) {
            this(1, packId, fingerprint, partSize, seed);
        }
    }

    /// One line: exactly one of the members after the volume is there.
    private record Fact(
            int volume,
            @Nullable String key,
            @Nullable String upload,
            @Nullable PartFact part,
            @Nullable CompletedVolume object) {}

    private record PartFact(int number, int size, String etag, String sha256, int crc32, int crc32c, String fragments) {
        private PartFact {
            Objects.requireNonNull(etag);
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(fragments);
        }
    }

    private LedgerFile(Path path, FileChannel channel, Start start) {
        this.path = path;
        this.channel = channel;
        this.start = start;
    }

    /// The file for one source and one target: the same command finds the same file.
    ///
    /// @param directory usually `$XDG_STATE_HOME/transpack`
    public static Path pathFor(Path directory, String source, String target) {
        var text = (source + "\n" + target).getBytes(StandardCharsets.UTF_8);
        return directory.resolve(Digests.sha256(ByteBuffer.wrap(text)).substring(0, 32) + ".upload");
    }

    /// Opens the file, or begins it with `fresh` if there is none.
    ///
    /// @throws IOException in one sentence: another process has it open, or it is not a ledger
    public static LedgerFile open(Path path, Start fresh) throws IOException {
        createParents(path);
        var channel = openChannel(path);
        try {
            lock(path, channel);
            var lines = wholeLines(channel);
            if (lines.isEmpty()) {
                append(channel, fresh);
                NewFile.syncFolder(path);
                return new LedgerFile(path, channel, fresh);
            }
            var ledger = new LedgerFile(path, channel, read(lines.getFirst(), Start.class));
            for (var line : lines.subList(1, lines.size())) ledger.apply(read(line, Fact.class));
            return ledger;
        } catch (JacksonException | IllegalArgumentException | IllegalStateException e) {
            channel.close();
            throw new IOException(path + " is not an upload's ledger: remove it to start afresh", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// What the upload in this file is, without opening it; empty if there is none, or none that can be read.
    public static Optional<Start> peek(Path path) throws IOException {
        if (Files.notExists(path)) return Optional.empty();
        try (var lines = Files.lines(path)) {
            return lines.findFirst().map(line -> read(line, Start.class));
        } catch (JacksonException | IllegalArgumentException | UncheckedIOException _) {
            return Optional.empty(); // opening it says what is wrong
        }
    }

    /// What the upload is.
    public Start start() {
        return start;
    }

    /// The pack is sealed, or was taken back: the file goes.
    public void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    /// Always: whoever has the file open has locked it.
    @Override
    public void requireHeld() {}

    @Override
    public synchronized List<KnownVolume> volumes() {
        return List.copyOf(volumes.values());
    }

    @Override
    public synchronized List<AcceptedPart> parts(int volume) {
        return List.copyOf(parts.getOrDefault(volume, Map.of()).values());
    }

    @Override
    public synchronized void planned(int volume, ObjectKey key) throws IOException {
        write(new Fact(volume, key.value(), null, null, null));
    }

    @Override
    public synchronized void opened(int volume, String uploadId) throws IOException {
        write(new Fact(volume, null, uploadId, null, null));
    }

    @Override
    public synchronized void accepted(int volume, AcceptedPart part) throws IOException {
        var fact = new PartFact(
                part.number(),
                part.size(),
                part.etag(),
                part.sha256(),
                part.checksums().crc32(),
                part.checksums().crc32c(),
                Base64.getEncoder().encodeToString(Fragments.encode(part.fragments())));
        write(new Fact(volume, null, null, fact, null));
    }

    @Override
    public synchronized void completed(int volume, CompletedVolume object) throws IOException {
        write(new Fact(volume, null, null, null, object));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(Fact fact) throws IOException {
        append(channel, fact);
        apply(fact);
    }

    private void apply(Fact fact) {
        if (fact.key != null) {
            parts.remove(fact.volume);
            volumes.put(fact.volume, new KnownVolume(fact.volume, new ObjectKey(fact.key), null, null));
        }
        var known = volumes.get(fact.volume);
        if (known == null) throw new IllegalStateException("volume " + fact.volume + " was not planned");
        if (fact.upload != null) volumes.put(fact.volume, new KnownVolume(fact.volume, known.key(), fact.upload, null));
        if (fact.part != null)
            parts.computeIfAbsent(fact.volume, _ -> new TreeMap<>()).put(fact.part.number, part(fact.part));
        if (fact.object != null)
            volumes.put(fact.volume, new KnownVolume(fact.volume, known.key(), known.uploadId(), fact.object));
    }

    private static AcceptedPart part(PartFact fact) {
        return new AcceptedPart(
                fact.number,
                fact.size,
                fact.etag,
                fact.sha256,
                new AcceptedPart.PartChecksums(fact.crc32, fact.crc32c),
                Fragments.decode(Base64.getDecoder().decode(fact.fragments)));
    }

    private static <T> T read(String line, Class<T> type) {
        @Nullable T read = JSON.readValue(line, type);
        if (read == null) throw new IllegalArgumentException("a line says nothing");
        return read;
    }

    private static void append(FileChannel channel, Object line) throws IOException {
        var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) channel.write(bytes);
        channel.force(false);
    }

    /// The lines that end; the channel stands behind them, and what follows is cut off.
    private static List<String> wholeLines(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        var text = new String(bytes.array(), StandardCharsets.UTF_8);
        var end = text.lastIndexOf('\n') + 1;
        var whole = text.substring(0, end);
        channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
        return new ArrayList<>(whole.lines().toList());
    }

    private static void createParents(Path path) throws IOException {
        var parent = path.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
    }

    private static FileChannel openChannel(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) throw inUse(path);
        } catch (OverlappingFileLockException _) {
            throw inUse(path);
        }
    }

    private static IOException inUse(Path path) {
        return new IOException("this upload is already running: " + path + " is in use");
    }
}
