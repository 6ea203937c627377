package dev.transpack.transmission;

import dev.transpack.transmission.TransmissionException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A Transmission daemon, asked over its RPC: 2.x to 4.x by either spelling. Every call may take as long as the
/// daemon does (within a limit) and throws a [TransmissionException] that says what to do. Torrents are named by
/// info hash: the daemon's own numbers change when it restarts.
public final class Transmission implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIST_PATIENCE = Duration.ofSeconds(10);
    private static final Duration REMOVAL_PATIENCE = Duration.ofMinutes(5);
    private static final long LARGEST_TORRENT_FILE = 64 << 20;

    private final boolean configured;
    private final RpcChannel channel;
    private final Duration removalPatience;

    public Transmission(TransmissionSettings settings) {
        this(settings, PATIENCE, REMOVAL_PATIENCE);
    }

    Transmission(TransmissionSettings settings, Duration patience, Duration removalPatience) {
        this.configured = !settings.equals(TransmissionSettings.NONE);
        this.channel = new RpcChannel(settings, patience);
        this.removalPatience = removalPatience;
    }

    /// Whether there is a daemon to ask at all; if not, no other call makes sense.
    public boolean configured() {
        return configured;
    }

    /// The daemon's version, folders and limits.
    public SessionFacts session() throws TransmissionException {
        var answer = channel.call("session_get", Map.of(), LIST_PATIENCE);
        var ratio = Answer.flag(answer.fact("seed_ratio_limited"));
        var idle = Answer.flag(answer.fact("idle_seeding_limit_enabled"));
        var incomplete = Answer.flag(answer.fact("incomplete_dir_enabled"));
        return new SessionFacts(
                Answer.text(answer.fact("version")),
                Answer.text(answer.fact("download_dir")),
                incomplete ? Answer.text(answer.fact("incomplete_dir")) : "",
                new SeedLimits(
                        ratio ? Answer.number(answer.fact("seed_ratio_limit")) : SeedLimits.NONE,
                        idle ? Answer.number(answer.fact("idle_seeding_limit")) : SeedLimits.NONE));
    }

    /// All torrents, without their files.
    public List<Torrent> torrents() throws TransmissionException {
        return read(channel.call("torrent_get", Map.of("fields", TorrentReader.FIELDS), LIST_PATIENCE));
    }

    /// One torrent, if the daemon has it.
    public Optional<Torrent> torrent(InfoHash hash) throws TransmissionException {
        return read(get(List.of(hash), TorrentReader.FIELDS)).stream().findFirst();
    }

    /// A torrent's files in its own order; empty while a magnet link has not found its content yet.
    ///
    /// @throws TransmissionException NO_SUCH_TORRENT when the daemon does not have it
    public List<TorrentFile> files(InfoHash hash) throws TransmissionException {
        var files = files(List.of(hash)).get(hash);
        if (files == null) throw noSuchTorrent(hash);
        return files;
    }

    /// The files of several torrents in one call; those the daemon does not have are left out.
    public Map<InfoHash, List<TorrentFile>> files(Collection<InfoHash> hashes) throws TransmissionException {
        var files = new HashMap<InfoHash, List<TorrentFile>>();
        if (hashes.isEmpty()) return files; // no ids at all would mean every torrent
        get(hashes, List.of("hash_string", "files", "file_stats"))
                .objects("torrents")
                .forEach(torrent -> files.put(new InfoHash(torrent.text("hash_string")), readFiles(torrent)));
        return files;
    }

    /// The `.torrent` file, if it can be read here and belongs to this info hash.
    ///
    /// @param toLocal from the daemon's file names to ours, where they exist here
    public Optional<byte[]> metainfo(InfoHash hash, Function<String, Optional<Path>> toLocal)
            throws TransmissionException {
        var torrent = torrent(hash).orElseThrow(() -> noSuchTorrent(hash));
        var file = toLocal.apply(torrent.place().torrentFile());
        try {
            if (file.isEmpty() || !Files.isRegularFile(file.get()) || Files.size(file.get()) > LARGEST_TORRENT_FILE)
                return Optional.empty();
            return Optional.of(Files.readAllBytes(file.get())).filter(bytes -> Metainfo.belongsTo(hash, bytes));
        } catch (IOException e) {
            return Optional.empty(); // another user's file: the caller does without
        }
    }

    /// Adds a torrent, or finds that the daemon has it already.
    public InfoHash add(byte[] metainfo, String downloadDir, boolean paused, List<String> labels)
            throws TransmissionException {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("metainfo", Base64.getEncoder().encodeToString(metainfo));
        parameters.put("download_dir", downloadDir);
        parameters.put("paused", paused);
        var answer = channel.call("torrent_add", parameters);
        var added = answer.fact("torrent_added");
        var torrent = new Answer(added.isObject() ? added : answer.fact("torrent_duplicate"), answer.style());
        var hash = new InfoHash(torrent.text("hash_string"));
        // torrent_add itself takes labels from 4.0 on only.
        if (!labels.isEmpty()) channel.call("torrent_set", Map.of("ids", ids(List.of(hash)), "labels", labels));
        return hash;
    }

    /// Forgets a torrent and leaves its data; returns when it is gone. One that is gone already is well.
    public void remove(InfoHash hash) throws TransmissionException {
        removeAndWait(hash, false, () -> true);
    }

    /// Forgets a torrent and deletes its data; returns when the torrent is gone *and* the caller sees its files
    /// gone, for the daemon deletes them some time after it has answered.
    public void removeWithData(InfoHash hash, BooleanSupplier filesGone) throws TransmissionException {
        removeAndWait(hash, true, filesGone);
    }

    private void removeAndWait(InfoHash hash, boolean withData, BooleanSupplier filesGone)
            throws TransmissionException {
        channel.call("torrent_remove", Map.of("ids", ids(List.of(hash)), "delete_local_data", withData));
        var waiting = new Waiting(removalPatience);
        while (torrent(hash).isPresent() || !filesGone.getAsBoolean())
            if (!waiting.again())
                throw new TransmissionException(
                        Kind.TIMEOUT,
                        "Transmission has not finished removing " + hash
                                + ": look at its log, and at who owns the files.");
    }

    @Override
    public void close() {
        channel.close();
    }

    private Answer get(Collection<InfoHash> hashes, List<String> fields) throws TransmissionException {
        return channel.call("torrent_get", Map.of("ids", ids(hashes), "fields", fields));
    }

    private static List<Torrent> read(Answer answer) throws TransmissionException {
        try {
            return answer.objects("torrents").map(TorrentReader::read).toList();
        } catch (IllegalArgumentException e) {
            // Left out, its data would pass for loose files.
            throw new TransmissionException(
                    Kind.NOT_TRANSMISSION,
                    "Transmission told of a torrent that cannot be understood (" + e.getMessage()
                            + "): it may be too old or too new for this program.",
                    e);
        }
    }

    private static List<String> ids(Collection<InfoHash> hashes) {
        return hashes.stream().map(InfoHash::value).toList();
    }

    private static List<TorrentFile> readFiles(Answer torrent) {
        var wanted =
                torrent.objects("file_stats").map(file -> file.flag("wanted")).toList();
        var files = torrent.objects("files").toList();
        return IntStream.range(0, files.size())
                .mapToObj(i -> readFile(files.get(i), i >= wanted.size() || wanted.get(i)))
                .toList();
    }

    private static TorrentFile readFile(Answer file, boolean wanted) {
        return new TorrentFile(file.text("name"), file.whole("length"), file.whole("bytes_completed"), wanted);
    }

    private static TransmissionException noSuchTorrent(InfoHash hash) {
        return new TransmissionException(Kind.NO_SUCH_TORRENT, "Transmission has no torrent " + hash + " any more.");
    }
}
