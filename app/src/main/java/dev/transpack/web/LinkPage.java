package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.librar.Entry;
import dev.transpack.packing.PackFiles.PackFile;
import dev.transpack.packing.Planning;
import dev.transpack.settings.Figures;
import dev.transpack.sharing.LinkedPack;
import dev.transpack.sharing.LinkedVolume;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What the page of a link shows, in words.
///
/// @param served whether its bytes come from this box, not from a bucket
/// @param broken whether some of it could not be fetched when somebody tried last
/// @param percent how far a pack is that is not sealed yet
record LinkPage(
        String name,
        boolean sealed,
        boolean served,
        boolean broken,
        long bytes,
        String expires,
        List<Row> volumes,
        List<Row> files,
        boolean moreFiles,
        LinkHelp help,
        String percent) {
    static final int MOST_FILES = 200;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// A volume or a file.
    record Row(String name, String address, long bytes, String crc) {}

    static LinkPage of(
            LinkedPack linked,
            List<LinkedVolume> volumes,
            List<PackFile> files,
            Function<String, URI> address,
            Optional<Job.Progress> progress) {
        var pack = linked.pack();
        var rows = volumes.stream().map(volume -> row(volume, address)).toList();
        return new LinkPage(
                linked.encrypted() ? Planning.outsideName(pack) : pack.name(),
                linked.sealed(),
                linked.served(),
                linked.sealed() && pack.onBox() && pack.error() != null,
                pack.contents().totalBytes(),
                minute(linked.link().expires()),
                rows,
                files.stream()
                        .filter(file -> file.kind() != Entry.Kind.DIRECTORY)
                        .limit(MOST_FILES)
                        .map(LinkPage::row)
                        .toList(),
                files.size() > MOST_FILES,
                LinkHelp.of(linked, rows, address),
                percent(progress));
    }

    private static Row row(LinkedVolume volume, Function<String, URI> address) {
        return new Row(volume.name(), address.apply(volume.name()).toString(), volume.size(), volume.crc());
    }

    private static Row row(PackFile file) {
        return new Row(file.path(), "", file.size(), "");
    }

    private static String percent(Optional<Job.Progress> progress) {
        return Figures.percent(
                progress.map(Job.Progress::doneBytes).orElse(0L),
                Math.max(1, progress.map(Job.Progress::totalBytes).orElse(1L)));
    }

    private static String minute(Instant time) {
        return MINUTE.format(time);
    }
}
