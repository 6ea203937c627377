package dev.transpack.verifying;

import dev.transpack.packing.Pack.Verified.How;
import dev.transpack.sharing.StoredVolumes.StoredVolume;
import dev.transpack.uploading.PackManifest;
import dev.transpack.uploading.PackManifest.PartFacts;
import dev.transpack.uploading.PackManifest.VolumeFacts;
import dev.transpack.uploading.ReadBack.Stretch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A part of a volume that is read and compared.
record CheckedPart(StoredVolume volume, Stretch stretch) {
    long size() {
        return stretch.size();
    }

    /// What a check reads, in order: every part, or the first and the last of every volume.
    ///
    /// @param volumes as our rows know them
    /// @throws DamagedException if the manifest is of other volumes
    static List<CheckedPart> of(List<StoredVolume> volumes, PackManifest manifest, How how) throws DamagedException {
        if (volumes.isEmpty() || manifest.volumes().size() != volumes.size())
            throw new DamagedException(
                    "The manifest lists " + manifest.volumes().size() + " volumes instead of " + volumes.size() + ".");
        var parts = new ArrayList<CheckedPart>();
        for (var i = 0; i < volumes.size(); i++) {
            var all = parts(volumes.get(i), manifest.volumes().get(i));
            if (how == How.FULL) parts.addAll(all);
            else parts.addAll(ends(all));
        }
        return parts;
    }

    /// Whoever could write to the bucket may have written the manifest: its numbers are not trusted.
    private static List<CheckedPart> parts(StoredVolume volume, VolumeFacts facts) throws DamagedException {
        if (!facts.name().equals(volume.name()) || facts.size() != volume.size() || !isCrc(volume, facts))
            throw differs(volume);
        var parts = new ArrayList<CheckedPart>(facts.parts().size());
        var offset = 0L;
        for (PartFacts part : facts.parts()) {
            if (part.size() <= 0 || part.size() > volume.size() - offset) throw differs(volume);
            parts.add(new CheckedPart(volume, new Stretch(parts.size() + 1, offset, part.size(), part.sha256())));
            offset += part.size();
        }
        if (offset != volume.size()) throw differs(volume);
        return parts;
    }

    private static boolean isCrc(StoredVolume volume, VolumeFacts facts) {
        return volume.crc32() == null
                || HexFormat.of().toHexDigits(volume.crc32()).equals(facts.crc32());
    }

    private static List<CheckedPart> ends(List<CheckedPart> all) {
        return all.size() <= 2 ? all : List.of(all.getFirst(), all.getLast());
    }

    private static DamagedException differs(StoredVolume volume) {
        return new DamagedException("The manifest does not describe '" + volume.name() + "' as it was sealed.");
    }
}
