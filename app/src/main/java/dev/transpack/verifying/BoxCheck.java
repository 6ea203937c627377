package dev.transpack.verifying;

import dev.transpack.librar.ArchiveException;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Pack.Verified.How;
import dev.transpack.sharing.BoxPacks;
import dev.transpack.sharing.BoxVolume;
import dev.transpack.sharing.StoredVolumes.StoredVolume;
import dev.transpack.uploading.PackManifest;
import dev.transpack.uploading.ReadBack.Sum;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// The check of a pack that is served from its source files: reads it through what serves it, and compares with the
/// checksums that its manifest lists.
final class BoxCheck implements PackCheck {
    private static final int MOST_NAMES = 3;

    private final Pack pack;
    private final List<StoredVolume> volumes;
    private final BoxPacks boxes;
    private final How how;
    private final CheckProgress progress;

    BoxCheck(Pack pack, List<StoredVolume> volumes, BoxPacks boxes, How how, CheckProgress progress) {
        this.pack = pack;
        this.volumes = volumes;
        this.boxes = boxes;
        this.how = how;
        this.progress = progress;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        try {
            lookAtFiles();
            for (var parts : byVolume(progress.begin(CheckedPart.of(volumes, manifest(), how)))) read(parts);
        } catch (ArchiveException e) {
            throw switch (e.kind()) {
                case SOURCE_CHANGED, REFUSED -> new DamagedException(sentence(e));
                // A disk that is away, or a permission, says nothing about the files.
                case SOURCE_UNREADABLE, DESTINATION_FAILED, TOOL_FAILED, CLOSED, INTERRUPTED -> e;
            };
        }
    }

    /// Size and time of every file behind every volume.
    private void lookAtFiles() throws ArchiveException, InterruptedException {
        for (var volume : volumes)
            try (var opened = boxes.openHere(pack, volume.n())) {
                opened.begin(0, volume.size());
            }
    }

    private PackManifest manifest() throws DamagedException {
        var json = boxes.manifest(pack);
        if (json.isEmpty()) throw new DamagedException("What the pack is served with is gone.");
        return PackManifest.parse(json.get());
    }

    private static List<List<CheckedPart>> byVolume(List<CheckedPart> parts) {
        return List.copyOf(parts.stream()
                .collect(Collectors.groupingBy(
                        part -> part.volume().n(), LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .values());
    }

    private void read(List<CheckedPart> parts) throws IOException, InterruptedException {
        try (var opened = boxes.openHere(pack, parts.getFirst().volume().n())) {
            for (var part : parts) {
                if (!sum(opened, part).equals(part.stretch().sha256())) throw differs(part);
                progress.read(part);
            }
        }
    }

    private static String sum(BoxVolume volume, CheckedPart part) throws ArchiveException, InterruptedException {
        var sum = new Sum();
        volume.begin(part.stretch().offset(), part.size());
        for (var bytes = volume.next(); bytes != null; bytes = volume.next()) sum.add(bytes);
        return sum.sha256();
    }

    /// Its files have the size and the time that they had: only their content tells.
    private DamagedException differs(CheckedPart part) throws ArchiveException, InterruptedException {
        var volume = part.volume();
        var files = boxes.filesIn(pack, volume.n(), part.stretch().offset(), part.size());
        var named =
                files.stream().limit(MOST_NAMES).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return new DamagedException("'" + volume.name() + "' would be served with other bytes than were sealed: the"
                + " content of " + named + (files.size() > MOST_NAMES ? " or of another file" : "") + " has changed.");
    }

    private static String sentence(ArchiveException e) {
        var said = String.valueOf(e.getMessage());
        return said.endsWith(".") ? said : said + ".";
    }
}
