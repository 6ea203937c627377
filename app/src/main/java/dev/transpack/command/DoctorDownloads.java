package dev.transpack.command;

import dev.transpack.browse.BrowseSettings;
import dev.transpack.transmission.SessionFacts;
import dev.transpack.transmission.Torrent;
import dev.transpack.transmission.Transmission;
import dev.transpack.transmission.TransmissionException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the doctor looks at around downloads: Transmission, and the folder as it is called here.
final class DoctorDownloads {
    private DoctorDownloads() {}

    static Stream<Finding> findings(AppSettings settings) {
        return Stream.concat(
                own(settings), settings.features().browse().shared().stream().map(DoctorDownloads::shared));
    }

    /// Where nothing is mounted there is an empty folder.
    private static Finding shared(BrowseSettings.Shared shared) {
        var what = "shared " + shared.name();
        try (var entries = Files.newDirectoryStream(shared.folder())) {
            if (entries.iterator().hasNext()) return Finding.ok(what, shared.folder() + " can be read.");
        } catch (IOException | DirectoryIteratorException e) {
            // The same as an empty one.
        }
        return Finding.warn(
                what,
                shared.folder()
                        + " is missing, empty or unreadable: until it is mounted other nodes do what is to be done"
                        + " there.");
    }

    private static Stream<Finding> own(AppSettings settings) {
        try (var transmission = new Transmission(settings.features().transmission())) {
            if (!transmission.configured())
                return Stream.of(
                        Finding.ok("transmission", "none is set up; everything in the download folder is offered."),
                        folder(settings, null));
            var session = transmission.session();
            var torrents = transmission.torrents();
            var done = torrents.stream().filter(Torrent::done).count();
            var said =
                    "version " + session.version() + ", " + torrents.size() + " torrents, " + done + " of them done.";
            return Stream.of(Finding.ok("transmission", said), folder(settings, session));
        } catch (TransmissionException e) {
            return Stream.of(Finding.fail("transmission", String.valueOf(e.getMessage())), folder(settings, null));
        }
    }

    private static Finding folder(AppSettings settings, @Nullable SessionFacts session) {
        var what = "download folder";
        var dir = settings.features().browse().dir();
        if (dir != null) return readable(what, dir, "Set downloads.dir to a folder this user may read.");
        if (session == null) return Finding.fail(what, "nobody says where it is. Set downloads.dir.");
        var local = settings.features().browse().pathMap().toLocal(session.downloadDir());
        if (local.isEmpty())
            return Finding.fail(
                    what,
                    "Transmission's '" + session.downloadDir() + "' cannot be a folder here. Set downloads.path-map.");
        return readable(
                what,
                local.get(),
                "Transmission calls it '" + session.downloadDir()
                        + "': set downloads.path-map if it has another name here, or downloads.dir.");
    }

    private static Finding readable(String what, Path dir, String remedy) {
        if (!Files.isDirectory(dir)) return Finding.fail(what, dir + " is not a folder here. " + remedy);
        try (var entries = Files.newDirectoryStream(dir)) {
            var any = entries.iterator().hasNext();
            return Finding.ok(what, dir + (any ? " can be read." : " can be read, and is empty."));
        } catch (IOException | DirectoryIteratorException e) {
            return Finding.fail(what, dir + " cannot be read by this user. " + remedy);
        }
    }
}
