package dev.transpack.fetching;

import dev.transpack.librar.Decryption;
import dev.transpack.librar.Entry;
import dev.transpack.librar.Password;
import dev.transpack.uploading.PackManifest;
import dev.transpack.uploading.PackManifest.FileFacts;
import dev.transpack.uploading.PackManifest.Place;
import dev.transpack.uploading.PackManifest.VolumeFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A pack behind a link, as its manifest describes it. What stands here was checked.
public final class RemotePack {
    private static final int PERMISSIONS = 0777;

    private final PackManifest manifest;
    private final String digest;
    private final @Nullable Decryption decryption;

    private RemotePack(PackManifest manifest, String digest, @Nullable Decryption decryption) throws FetchException {
        ManifestRules.check(manifest);
        this.manifest = manifest;
        this.digest = digest;
        this.decryption = decryption;
    }

    /// Asks the link for the manifest.
    ///
    /// @throws FetchException if there is none, or one that no pack has
    public static RemotePack of(LinkClient client) throws IOException, InterruptedException {
        return read(client.manifest());
    }

    static RemotePack read(byte[] json) throws FetchException {
        try {
            return new RemotePack(PackManifest.parse(json), sha256(json), null);
        } catch (IllegalArgumentException e) {
            throw FetchException.endsIt("What this link leads to cannot be fetched: " + e.getMessage() + ".");
        }
    }

    public String name() {
        return manifest.pack().name();
    }

    /// Whether its list of files needs a password.
    public boolean isSealed() {
        return manifest.sealedFiles() != null;
    }

    /// The same with its list of files.
    ///
    /// @throws FetchException if the password is another
    public RemotePack opened(String password) throws FetchException {
        try {
            return new RemotePack(manifest.opened(password), digest, new Decryption(new Password(password)));
        } catch (IllegalArgumentException e) {
            throw FetchException.endsIt("The list of files cannot be read: " + e.getMessage() + ".");
        }
    }

    /// Whether files can be taken out of the volumes without the program that packed them. An encrypted pack that an
    /// older Transpack sent does not say how, and volumes of `rar-binary` never do.
    public boolean tellsPlaces() {
        return manifest.files().stream()
                .filter(file -> file.size() > 0)
                .allMatch(file -> !file.places().isEmpty() && (decryption == null) == (file.cipher() == null));
    }

    /// Names of its volumes.
    public List<String> volumeNames() {
        return manifest.volumes().stream().map(VolumeFacts::name).toList();
    }

    /// The files that are wanted, with the folders they lie in.
    ///
    /// @param only paths of files and folders, as the list has them or inside its one top folder; none for all
    /// @throws FetchException naming a path that is not there
    public Wanted files(List<String> only) throws FetchException {
        var choice =
                new PathChoice(manifest.files().stream().map(FileFacts::path).toList(), only);
        var items = manifest.files().stream()
                .filter(file -> choice.test(file.path()))
                .map(RemotePack::item)
                .toList();
        return new Wanted(items, id("files " + String.join("\0", only)));
    }

    /// All volumes, as they are.
    public Wanted volumes() {
        var items = IntStream.range(0, manifest.volumes().size())
                .mapToObj(i -> item(i, manifest.volumes().get(i)))
                .toList();
        return new Wanted(items, id("volumes"));
    }

    FetchPlan plan(List<Item> items) {
        return FetchPlan.of(manifest.volumes(), items);
    }

    String volumeName(int index) {
        return manifest.volumes().get(index).name();
    }

    /// Opens encrypted content.
    Decryption decryption() {
        if (decryption == null) throw new IllegalStateException("nothing here is encrypted");
        return decryption;
    }

    /// What is to be fetched.
    ///
    /// @param id the same for the same choice of the same pack
    public record Wanted(List<Item> items, String id) {
        /// Of the files' content.
        public long bytes() {
            return items.stream().mapToLong(Item::size).sum();
        }

        /// Folders and links not counted.
        public int files() {
            return (int) items.stream().filter(Item::isFile).count();
        }
    }

    private static Item item(FileFacts file) {
        return new Item(
                file.path(),
                Entry.Kind.valueOf(file.kind().toUpperCase(Locale.ROOT)),
                file.size(),
                Instant.parse(file.modified()),
                file.mode() & PERMISSIONS,
                file.link() == null ? "" : file.link(),
                file.crc32() == null ? 0 : HexFormat.fromHexDigits(file.crc32()),
                file.cipher(),
                ManifestRules.filled(file));
    }

    private static Item item(int index, VolumeFacts volume) {
        var whole = volume.size() == 0 ? List.<Place>of() : List.of(new Place(index, 0, volume.size(), 0));
        var crc = HexFormat.fromHexDigits(volume.crc32());
        return new Item(volume.name(), Entry.Kind.FILE, volume.size(), null, null, "", crc, null, whole);
    }

    private String id(String what) {
        return sha256((digest + " " + what).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
