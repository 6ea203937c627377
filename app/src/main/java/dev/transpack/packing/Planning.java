package dev.transpack.packing;

import dev.transpack.database.Database;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Entry;
import dev.transpack.librar.EntryScan;
import dev.transpack.librar.RecoveryPlan;

/// Makes a pack's plan: the first one is to be remembered, and every later one must be the same.
public final class Planning {
    private final Database database;
    private final Packs packs;
    private final PackFiles files;
    private final PackSettings settings;
    private final PackSecrets secrets;

    public Planning(Database database, Packs packs, PackFiles files, PackSettings settings, PackSecrets secrets) {
        this.database = database;
        this.packs = packs;
        this.files = files;
        this.settings = settings;
        this.secrets = secrets;
    }

    /// The request with what it left open as the settings say now, so that a pack stays what it was when they change.
    PackRequest complete(PackRequest request) {
        return request.or(settings.usual());
    }

    /// Keeps the password of a pack that was just accepted.
    void keepSecret(String pack, PackRequest request) {
        if (request.password() != null) secrets.keep(pack, request.password());
    }

    /// Looks at the download's files and lays the pack out.
    ///
    /// @throws ArchiveException naming what cannot be read, cannot be written, or is no longer as it was
    public ArchivePlan plan(Pack pack) throws ArchiveException {
        var request = pack.request();
        var choice = new FileChoice(request.only(), request.exclude());
        var scan = EntryScan.of(pack.origin().source(), choice);
        if (!scan.unreadable().isEmpty()) throw unreadable(scan);
        choice.require(scan.entries());
        var plan = complete(request).form().plan(nameOutside(pack), scan.entries());
        if (pack.contents().fingerprint() == null
                || pack.contents().fingerprint().equals(plan.fingerprint())) return plan;
        throw files.firstDifference(pack.id(), plan.entries());
    }

    /// What an encrypted pack is called where others can see it: a title that was not given for that tells what is in
    /// it.
    public static String outsideName(Pack pack) {
        return pack.request().name() == null ? pack.id() : pack.name();
    }

    /// What a pack is called in the bucket.
    public String nameOutside(Pack pack) {
        return secrets.has(pack.id()) ? outsideName(pack) : pack.name();
    }

    /// Remembers the first plan.
    public void remember(Pack pack, RecoveryPlan all) {
        if (pack.contents().fingerprint() != null) return;
        var plan = all.plan();
        var sourceBytes = plan.entries().stream().mapToLong(Entry::size).sum();
        database.inTransaction(() -> {
            files.insert(pack.id(), plan.entries());
            packs.laidOut(pack.id(), all, sourceBytes);
        });
    }

    private static ArchiveException unreadable(EntryScan scan) {
        var first = scan.unreadable().getFirst();
        var others = scan.unreadable().size() - 1;
        return new ArchiveException(
                ArchiveException.Kind.SOURCE_UNREADABLE,
                "'" + first.name() + "' cannot be packed: " + first.reason()
                        + (others == 0 ? "" : " (and " + others + " more)")
                        + "; mend it or leave it out with an exclude pattern");
    }
}
