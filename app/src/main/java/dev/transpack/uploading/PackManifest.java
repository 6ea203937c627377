package dev.transpack.uploading;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.transpack.librar.ArchiveFormat;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.ContentCipher;
import dev.transpack.librar.Entry;
import dev.transpack.librar.PartStream;
import dev.transpack.librar.Volume;
import dev.transpack.packing.Pack.Grade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
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
    /// Bytes of the largest that is read: about a million files.
    public static final int LARGEST = 256 << 20;

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder(factory())
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// Refuses one that lacks what no version may lack.
    public PackManifest {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(pack);
        files = List.copyOf(files);
        volumes = List.copyOf(volumes);
    }

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
            @Nullable String fingerprint) {
        public PackFacts {
            Objects.requireNonNull(id);
            Objects.requireNonNull(name);
            Objects.requireNonNull(format);
        }
    }

    /// One thing that was packed.
    ///
    /// @param kind `file`, `directory` or `symlink`
    /// @param modified ISO 8601, to the nanosecond
    /// @param mode the whole unix mode
    /// @param crc32 of a file; null where a program packed it, which does not tell
    /// @param cipher how it is encrypted; null where it is not, or a program did that
    /// @param places none where a program packed it
    public record FileFacts(
            String path,
            String kind,
            long size,
            String modified,
            int mode,
            @Nullable String link,
            @Nullable String crc32,
            @Nullable ContentCipher cipher,
            List<Place> places) {
        public FileFacts {
            Objects.requireNonNull(path);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(modified);
            places = List.copyOf(places);
        }
    }

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
            List<PartFacts> parts) {
        public VolumeFacts {
            Objects.requireNonNull(name);
            Objects.requireNonNull(crc32);
            Objects.requireNonNull(crc32c);
            parts = List.copyOf(parts);
        }
    }

    /// A stretch of a volume, in order: what can be fetched and checked by itself.
    public record PartFacts(long size, String sha256) {
        public PartFacts {
            Objects.requireNonNull(sha256);
        }
    }

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
                .map(entry -> file(entry, null, null, List.of()))
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
            @Nullable PackManifest manifest = JSON.readValue(json, PackManifest.class);
            if (manifest == null) throw new IllegalArgumentException("this is not a pack's manifest");
            if (manifest.version > VERSION)
                throw new IllegalArgumentException("this manifest is of version " + manifest.version
                        + ": a newer Transpack wrote it, use that one");
            return manifest;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// The same with its files to be read.
    ///
    /// @throws IllegalArgumentException in a sentence, if the password is not that of the pack
    public PackManifest opened(String password) {
        return sealedFiles == null ? this : unsealed(sealedFiles.open(password));
    }

    PackManifest unsealed(byte[] json) {
        try {
            @Nullable FileFacts @Nullable [] list = JSON.readValue(json, FileFacts[].class);
            if (list == null || Arrays.asList(list).contains(null))
                throw new IllegalArgumentException("this is not a pack's manifest: its list of files has gaps");
            return new PackManifest(version, tool, pack, List.of(list), null, volumes);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// A name or a class that the failure is about is nothing for people.
    private static IllegalArgumentException unreadable(JacksonException failure) {
        var at = failure.getLocation();
        var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new IllegalArgumentException("this is not a pack's manifest, or a damaged one" + where, failure);
    }

    /// The sealed list is one string.
    private static JsonFactory factory() {
        var limits = StreamReadConstraints.builder().maxStringLength(LARGEST).build();
        return JsonFactory.builder().streamReadConstraints(limits).build();
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
            files.add(file(entry, crc, plan.cipher(i), places));
        }
        return files;
    }

    private static FileFacts file(
            Entry entry, @Nullable String crc32, @Nullable ContentCipher cipher, List<Place> places) {
        return new FileFacts(
                entry.name(),
                entry.kind().name().toLowerCase(Locale.ROOT),
                entry.size(),
                entry.modified().toString(),
                entry.mode(),
                entry.linkTarget(),
                crc32,
                cipher,
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
        return HexFormat.of().toHexDigits(crc);
    }
}
