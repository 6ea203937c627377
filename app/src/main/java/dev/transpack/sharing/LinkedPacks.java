package dev.transpack.sharing;

import dev.transpack.packing.PackFiles;
import dev.transpack.packing.PackFiles.PackFile;
import dev.transpack.packing.PackSecrets;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.StoredVolumes.StoredVolume;
import dev.transpack.uploading.ObjectKey;
import dev.transpack.uploading.ObjectStore;
import dev.transpack.uploading.ObjectStore.SaveAs;
import dev.transpack.uploading.StoreException;
import dev.transpack.uploading.Stores;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What somebody with a link may see and fetch. Nothing of a pack that is not sealed is ever given out, and nothing
/// but the volumes and the manifest of the link's own pack.
public final class LinkedPacks {
    /// How long a presigned address lives, and so how long a revoke takes to be complete.
    public static final Duration ADDRESS_LIFETIME = Duration.ofMinutes(15);

    private static final SaveAs MANIFEST = new SaveAs("manifest.json", "application/json");

    private final ShareLinks links;
    private final Packs packs;
    private final PackFiles files;
    private final StoredVolumes volumes;
    private final Stores stores;
    private final PackSecrets secrets;

    /// @param stores a destination's store by its name
    public LinkedPacks(
            ShareLinks links, Packs packs, PackFiles files, StoredVolumes volumes, Stores stores, PackSecrets secrets) {
        this.links = links;
        this.packs = packs;
        this.files = files;
        this.volumes = volumes;
        this.stores = stores;
        this.secrets = secrets;
    }

    /// What this token opens now; empty for a wrong, an expired and a revoked one alike.
    public Optional<LinkedPack> open(LinkToken token) {
        return links.find(token).map(link -> new LinkedPack(link, packs.get(link.pack()), secrets.has(link.pack())));
    }

    /// Every volume in order; none before the pack is sealed.
    public List<LinkedVolume> volumes(LinkedPack linked) {
        if (!linked.sealed()) return List.of();
        return volumes.of(linked.pack().id()).stream().map(LinkedPacks::given).toList();
    }

    /// The volume of exactly this name; none before the pack is sealed.
    public Optional<LinkedVolume> volume(LinkedPack linked, String name) {
        if (!linked.sealed()) return Optional.empty();
        return volumes.find(linked.pack().id(), name).map(LinkedPacks::given);
    }

    /// The first files of the pack, in archive order; none of an encrypted one.
    public List<PackFile> files(LinkedPack linked, int limit) {
        return linked.encrypted() ? List.of() : files.inArchive(linked.pack(), 0, limit);
    }

    /// A fresh address of a volume, good for [#ADDRESS_LIFETIME]. A secret.
    ///
    /// @throws StoreException REFUSED when the pack's destination is no longer in the settings
    public URI address(LinkedPack linked, LinkedVolume volume) throws StoreException {
        return store(linked)
                .presign(volume.key(), new SaveAs(volume.fileName(), volume.contentType()), ADDRESS_LIFETIME);
    }

    /// A fresh address of the manifest; none before the pack is sealed. A secret.
    ///
    /// @throws StoreException REFUSED when the pack's destination is no longer in the settings
    public Optional<URI> manifestAddress(LinkedPack linked) throws StoreException {
        var key = manifestKey(linked);
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(store(linked).presign(key.get(), MANIFEST, ADDRESS_LIFETIME));
    }

    /// What the destination knows of the manifest.
    public Optional<ObjectStore.StoredObject> manifest(LinkedPack linked) throws StoreException, InterruptedException {
        var key = manifestKey(linked);
        return key.isEmpty() ? Optional.empty() : store(linked).find(key.get());
    }

    /// The volumes' CRC32s as an SFV file, which many programs verify; none before the pack is sealed.
    public Optional<String> checksums(LinkedPack linked) {
        if (!linked.sealed()) return Optional.empty();
        var lines = new StringBuilder();
        for (var volume : volumes(linked))
            if (volume.crc32() != null) lines.append(ChecksumList.sfvLine(volume.name(), volume.crc32()));
        return Optional.of(lines.toString());
    }

    private Optional<ObjectKey> manifestKey(LinkedPack linked) {
        if (!linked.sealed() || linked.served()) return Optional.empty();
        return packs.manifestKey(linked.pack().id()).map(ObjectKey::new);
    }

    private ObjectStore store(LinkedPack linked) throws StoreException {
        return stores.store(linked.pack());
    }

    private static LinkedVolume given(StoredVolume volume) {
        return new LinkedVolume(
                volume.n(),
                volume.name(),
                volume.size(),
                volume.key(),
                volume.etag() == null ? "" : volume.etag(),
                volume.crc32());
    }
}
