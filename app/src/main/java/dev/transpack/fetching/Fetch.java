package dev.transpack.fetching;

import dev.transpack.librar.Entry;
import dev.transpack.settings.Figures;
import dev.transpack.settings.FolderException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Fetches what is wanted of a pack into a folder. Run again it goes on where an earlier run ended, and fetches again
/// at most the parts that were on their way. Nothing that is there is written over; what is there as it should be
/// stays.
public final class Fetch {
    private static final String SETTING = "--output";

    private final LinkClient client;
    private final RemotePack pack;
    private final Path directory;
    private final Landing landing;

    /// @param directory made if it is not there
    public Fetch(LinkClient client, RemotePack pack, Path directory) {
        this.client = client;
        this.pack = pack;
        this.directory = directory.toAbsolutePath().normalize();
        this.landing = new Landing(this.directory);
    }

    /// Told how far it is, often and by several threads.
    @FunctionalInterface
    public interface Progress {
        void at(long bytes, long total);
    }

    /// What was done.
    ///
    /// @param fetched bytes that came over the line
    /// @param made what was not there before
    /// @param leftOut links that lead out of the folder, which were not made
    public record Arrived(long fetched, RemotePack.Wanted made, List<String> leftOut) {}

    /// @throws FetchException in a sentence: something is in the way, there is no room, the link does not open, what
    ///     arrives is not what the manifest says
    /// @throws FolderException if the folder cannot be written to
    public Arrived run(RemotePack.Wanted wanted, Progress progress) throws IOException, InterruptedException {
        try {
            return fetched(wanted, progress);
        } catch (FileSystemException e) {
            throw FolderException.of(directory, SETTING, e);
        } catch (IOException e) {
            if (FolderException.isFull(e)) throw FolderException.of(directory, SETTING, e);
            throw e;
        }
    }

    private Arrived fetched(RemotePack.Wanted wanted, Progress progress) throws IOException, InterruptedException {
        var missing = missing(wanted.items());
        var plan = pack.plan(missing.stream().filter(Item::isFile).toList());
        Files.createDirectories(directory);
        try (var workplace = Workplace.open(directory, wanted.id())) {
            var fetch = new PlanFetch(client, pack, plan, workplace, progress);
            requireRoom(Math.min(fetch.left(), plan.fileBytes()));
            fetch.prepare();
            fetch.run();
            var leftOut = land(wanted.items(), missing, workplace);
            workplace.emptied();
            return new Arrived(fetch.fetched(), new RemotePack.Wanted(missing, wanted.id()), leftOut);
        }
    }

    private List<Item> missing(List<Item> items) throws IOException {
        var missing = new ArrayList<Item>();
        for (var item : items) if (!landing.has(item)) missing.add(item);
        return missing;
    }

    private void requireRoom(long bytes) throws IOException {
        var free = Files.getFileStore(directory).getUsableSpace();
        if (free < bytes)
            throw FetchException.endsIt(
                    "Fetching needs " + Figures.size(bytes) + " on the disk of " + directory + ", and "
                            + Figures.size(free) + " are free: make room there, or set " + SETTING
                            + " to a folder on another disk.");
    }

    /// Links come after all files, so that no file is written through one; folders get their times when nothing more is
    /// put into them.
    private List<String> land(List<Item> wanted, List<Item> missing, Workplace workplace) throws IOException {
        landing.lookAgain();
        for (var item : missing) {
            if (item.kind() == Entry.Kind.DIRECTORY) landing.makeFolder(item);
            if (item.isFile()) landing.land(item, workplace.file(item));
        }
        var leftOut = new ArrayList<String>();
        for (var item : missing)
            if (item.kind() == Entry.Kind.SYMLINK && !landing.makeLink(item)) leftOut.add(item.path());
        landing.dressFolders(wanted, missing);
        return List.copyOf(leftOut);
    }
}
