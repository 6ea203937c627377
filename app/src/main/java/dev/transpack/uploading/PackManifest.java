package dev.transpack.uploading;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.transpack.librar.ArchiveFormat;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Entry;
import dev.transpack.librar.PartStream;
import dev.transpack.librar.Volume;
import dev.transpack.packing.Pack.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The list that seals a pack: every file with its checksum and where it lies, every volume with its size and
/// checksums. The same pack gives the same manifest, byte for byte. Readers ignore members they do not know; a change
/// they would misread gets another version.
///
/// @param version of this form
/// @param tool what wrote it
/// @param files none of an encrypted pack
/// @param sealedFiles those of an encrypted pack, for who has its password
public record PackManifest(
        int version,
        String tool,
        PackFacts pack,
        List<FileFacts> files,
        @Nullable SealedFiles sealedFiles,
        List<VolumeFacts> volumes) {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// The pack as a whole.
    ///
    /// @param volumeSize null when it is not cut
    /// @param fingerprint two packs with the same have the same bytes, or the same files if a program packed them;
    ///     null where a program packed and encrypted them, as it would tell a guesser who has the list right
    public record PackFacts(
            String id,
            String name,
            String format,
            @Nullable Long volumeSize,
            int partSize,
            @Nullable String fingerprint) {}

    /// One thing that was packed.
    ///
    /// @param kind `file`, `directory` or `symlink`
    /// @param modified ISO 8601, to the nanosecond
    /// @param mode the whole unix mode
    /// @param crc32 of a file; null where a program packed it, which does not tell
    /// @param places none where a program packed it
    public record FileFacts(
            String path,
            String kind,
            long size,
            String modified,
            int mode,
            @Nullable String link,
            @Nullable String crc32,
            List<Place> places) {}

    /// Where a stretch of a file lies.
    ///
    /// @param offset within the volume
    /// @param from within the file
    public record Place(int volume, long offset, long length, long from) {}

    /// One object, or a volume that is served from its source files.
    ///
    /// @param grade of the copy; null where there is none
    public record VolumeFacts(
            String name,
            long size,
            String crc32,
            String crc32c,
            @Nullable Grade grade,
            List<PartFacts> parts) {}

    /// A stretch of a volume, in order: what can be fetched and checked by itself.
    public record PartFacts(long size, String sha256) {}

    static PackManifest of(OutgoingPack pack, UploadLedger ledger, PartStream stream) {
        var plan = pack.plan();
        var facts = new PackFacts(
                pack.id(),
                pack.name(),
                plan.options().format().name().toLowerCase(Locale.ROOT),
                plan.options().isWhole() ? null : plan.options().volumeSize(),
                pack.partSize(),
                plan.fingerprint());
        var manifest = new PackManifest(
                VERSION,
                pack.tool(),
                facts,
                files(plan, stream),
                null,
                volumes(pack.files().volumes(), ledger));
        var encryption = plan.options().encryption();
        return encryption == null
                ? manifest
                : manifest.sealed(encryption.password().value());
    }

    /// Of volumes that a program made: it knows the files' checksums and places, and does not tell them.
    static PackManifest of(StagedPack pack, List<Volume> volumes, UploadLedger ledger) {
        var plan = pack.plan();
        var facts = new PackFacts(
                pack.id(),
                pack.name(),
                ArchiveFormat.RAR5.name().toLowerCase(Locale.ROOT),
                plan.options().volumeSize(),
                pack.partSize(),
                pack.password() == null ? plan.fingerprint() : null);
        var files = plan.entries().stream()
                .map(entry -> file(entry, null, List.of()))
                .toList();
        var manifest = new PackManifest(VERSION, pack.tool(), facts, files, null, volumes(volumes, ledger));
        return pack.password() == null
                ? manifest
                : manifest.sealed(pack.password().reveal());
    }

    /// Reads what [#toJson] wrote, by this version or an older one.
    ///
    /// @throws IllegalArgumentException if that cannot be, saying why
    public static PackManifest parse(byte[] json) {
        try {
            var manifest = JSON.readValue(json, PackManifest.class);
            if (manifest.version > VERSION)
                throw new IllegalArgumentException("this manifest is of version " + manifest.version
                        + ": a newer Transpack wrote it, use that one");
            return manifest;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a pack's manifest: " + e.getOriginalMessage(), e);
        }
    }

    /// The same with its files to be read.
    ///
    /// @throws IllegalArgumentException in a sentence, if the password is not that of the pack
    public PackManifest opened(String password) {
        if (sealedFiles == null) return this;
        var list = JSON.readValue(sealedFiles.open(password), FileFacts[].class);
        return new PackManifest(version, tool, pack, List.of(list), null, volumes);
    }

    private PackManifest sealed(String password) {
        var list = SealedFiles.of(JSON.writeValueAsBytes(files), password, pack.id());
        return new PackManifest(version, tool, pack, List.of(), list, volumes);
    }

    /// UTF-8.
    public byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    private static List<FileFacts> files(ArchivePlan plan, PartStream stream) {
        var files = new ArrayList<FileFacts>(plan.entries().size());
        for (var i = 0; i < plan.entries().size(); i++) {
            var entry = plan.entries().get(i);
            var crc = entry.kind() == Entry.Kind.FILE ? hex(stream.entryCrc32(i)) : null;
            var places = plan.pieces(i).stream()
                    .map(piece ->
                            new Place(piece.volume(), piece.offsetInVolume(), piece.length(), piece.offsetInFile()))
                    .toList();
            files.add(file(entry, crc, places));
        }
        return files;
    }

    private static FileFacts file(Entry entry, @Nullable String crc32, List<Place> places) {
        return new FileFacts(
                entry.name(),
                entry.kind().name().toLowerCase(Locale.ROOT),
                entry.size(),
                entry.modified().toString(),
                entry.mode(),
                entry.linkTarget(),
                crc32,
                places);
    }

    private static List<VolumeFacts> volumes(List<Volume> all, UploadLedger ledger) {
        var known = new TreeMap<Integer, CompletedVolume>();
        for (var volume : ledger.volumes())
            if (volume.completed() != null) known.put(volume.volume(), volume.completed());
        var volumes = new ArrayList<VolumeFacts>();
        for (var volume : all) {
            var object = known.get(volume.index());
            if (object == null) throw new IllegalStateException(volume.name() + " was not completed");
            var parts = parts(volume, ledger);
            volumes.add(new VolumeFacts(
                    volume.name(), volume.length(), hex(object.crc32()), hex(object.crc32c()), object.grade(), parts));
        }
        return volumes;
    }

    /// A run that another has overtaken finds them gone, and must not write a manifest without them.
    private static List<PartFacts> parts(Volume volume, UploadLedger ledger) {
        var parts = ledger.parts(volume.index()).stream()
                .map(part -> new PartFacts(part.size(), part.sha256()))
                .toList();
        if (parts.stream().mapToLong(PartFacts::size).sum() != volume.length())
            throw new IllegalStateException("the ledger does not have every part of " + volume.name());
        return parts;
    }

    private static String hex(int crc) {
        return String.format("%08x", crc);
    }
}
