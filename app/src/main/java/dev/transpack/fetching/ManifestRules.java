package dev.transpack.fetching;

import dev.transpack.librar.ContentCipher;
import dev.transpack.uploading.PackManifest;
import dev.transpack.uploading.PackManifest.FileFacts;
import dev.transpack.uploading.PackManifest.PartFacts;
import dev.transpack.uploading.PackManifest.Place;
import dev.transpack.uploading.PackManifest.VolumeFacts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a manifest must be like before a byte is fetched. It comes from a server that nobody here knows.
final class ManifestRules {
    /// A plan has 65,535 volumes at most, and two files of recovery data for each.
    private static final int MOST_VOLUMES = 3 * 65_535;

    private static final int MOST_PARTS = 10_000;
    private static final int BLOCK = 16;
    private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final PackManifest manifest;

    private ManifestRules(PackManifest manifest) {
        this.manifest = manifest;
    }

    /// @throws FetchException naming what is wrong
    static void check(PackManifest manifest) throws FetchException {
        var rules = new ManifestRules(manifest);
        rules.checkVolumes();
        rules.checkFiles();
        rules.checkOverlaps();
    }

    /// Bytes that a file takes in the volumes.
    static long storedLength(@Nullable ContentCipher cipher, long size) {
        return cipher == null ? size : cipher.storedLength(size);
    }

    private void checkVolumes() throws FetchException {
        var volumes = manifest.volumes();
        if (volumes.isEmpty() || volumes.size() > MOST_VOLUMES) throw wrong("it names " + volumes.size() + " volumes");
        var paths = new PathRules();
        var total = 0L;
        for (var volume : volumes) {
            paths.add(volume.name(), false);
            checkVolume(volume);
            total += volume.size();
            if (total < 0) throw wrong("its sizes do not add up");
        }
        paths.requireFoldersAbove();
    }

    private static void checkVolume(VolumeFacts volume) throws FetchException {
        require(CRC, volume.crc32(), volume.name());
        if (volume.parts().size() > MOST_PARTS) throw wrong("'" + volume.name() + "' has too many parts");
        var left = volume.size();
        for (var part : volume.parts()) {
            checkPart(part, volume);
            left -= part.size();
            if (left < 0) break;
        }
        if (left != 0) throw wrong("the parts of '" + volume.name() + "' do not add up to its size");
    }

    private static void checkPart(PartFacts part, VolumeFacts volume) throws FetchException {
        require(SHA256, part.sha256(), volume.name());
        if (part.size() < 1) throw wrong("a part of '" + volume.name() + "' has " + part.size() + " bytes");
    }

    private void checkFiles() throws FetchException {
        var paths = new PathRules();
        var total = 0L;
        for (var file : manifest.files()) {
            paths.add(file.path(), file.kind().equals("directory"));
            checkFile(file);
            total += file.size();
            if (total < 0) throw wrong("its sizes do not add up");
        }
        paths.requireFoldersAbove();
    }

    private void checkFile(FileFacts file) throws FetchException {
        switch (file.kind()) {
            case "file" -> checkContent(file);
            case "directory", "symlink" -> {
                if (file.size() != 0 || !file.places().isEmpty())
                    throw wrong("'" + file.path() + "' is no file and has bytes");
                if (file.kind().equals("symlink") != (file.link() != null))
                    throw wrong("'" + file.path() + "' is a link without a target, or has one without being a link");
            }
            default -> throw wrong("'" + file.path() + "' is a '" + file.kind() + "', which nobody knows");
        }
        try {
            var _ = Instant.parse(file.modified());
        } catch (DateTimeException _) {
            throw wrong("the time of '" + file.path() + "' is none");
        }
    }

    private void checkContent(FileFacts file) throws FetchException {
        if (file.size() < 0) throw wrong("'" + file.path() + "' has " + file.size() + " bytes");
        if (file.crc32() == null) {
            if (!file.places().isEmpty()) throw wrong("'" + file.path() + "' has no checksum");
            return; // packed by a program
        }
        require(CRC, file.crc32(), file.path());
        var next = 0L;
        for (var place : file.places()) {
            checkPlace(file, place, next);
            next += place.length();
        }
        if (next != file.size()) throw wrong("the places of '" + file.path() + "' do not add up to its size");
        checkFilling(file);
    }

    private void checkPlace(FileFacts file, Place place, long next) throws FetchException {
        var chained = file.cipher() != null && file.cipher().vector() != null;
        if (place.from() != next || place.length() < 1 || place.length() > file.size() - next)
            throw wrong("the places of '" + file.path() + "' leave gaps or overlap");
        if (chained && place.from() % BLOCK != 0) throw wrong("a place of '" + file.path() + "' cuts a block");
        if (place.volume() < 0 || place.volume() >= manifest.volumes().size())
            throw wrong("'" + file.path() + "' lies in a volume that is not there");
        var volume = manifest.volumes().get(place.volume());
        if (place.offset() < 0 || place.offset() > volume.size() - place.length())
            throw wrong("'" + file.path() + "' lies behind the end of '" + volume.name() + "'");
    }

    /// What fills the last encrypted block up must be there too.
    private void checkFilling(FileFacts file) throws FetchException {
        if (file.places().isEmpty()) return;
        var last = file.places().getLast();
        var volume = manifest.volumes().get(last.volume());
        var filling = storedLength(file.cipher(), file.size()) - file.size();
        if (last.offset() + last.length() > volume.size() - filling)
            throw wrong("'" + file.path() + "' lies behind the end of '" + volume.name() + "'");
    }

    /// The last place of an encrypted file reaches to the end of its last block.
    static List<Place> filled(FileFacts file) {
        var filling = storedLength(file.cipher(), file.size()) - file.size();
        if (filling == 0 || file.places().isEmpty()) return file.places();
        var places = new ArrayList<>(file.places());
        var last = places.removeLast();
        places.add(new Place(last.volume(), last.offset(), last.length() + filling, last.from()));
        return List.copyOf(places);
    }

    /// Two files that share bytes could make a small pack fill any disk.
    private void checkOverlaps() throws FetchException {
        var places = new ArrayList<Place>();
        for (var file : manifest.files()) places.addAll(filled(file));
        places.sort(Comparator.comparingInt(Place::volume).thenComparingLong(Place::offset));
        for (var i = 1; i < places.size(); i++) requireApart(places, i);
    }

    private static void requireApart(List<Place> places, int i) throws FetchException {
        var before = places.get(i - 1);
        var place = places.get(i);
        if (before.volume() == place.volume() && before.offset() + before.length() > place.offset())
            throw wrong("two of its files share the same bytes");
    }

    private static void require(Pattern form, String value, String of) throws FetchException {
        if (!form.matcher(value).matches()) throw wrong("a checksum of '" + of + "' is none");
    }

    private static FetchException wrong(String what) {
        return FetchException.endsIt("This pack is not fetched: its manifest is wrong, " + what + ".");
    }
}
