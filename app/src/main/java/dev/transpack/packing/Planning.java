package dev.transpack.packing;

import dev.transpack.database.Database;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Entry;
import dev.transpack.librar.NameWarning;
import dev.transpack.librar.PackName;
import dev.transpack.librar.RarPlan;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.packing.PackSecrets.PackSecret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a pack's plan: the first one is to be remembered, and every later one must be the same.
public final class Planning {
    private final Database database;
    private final Packs packs;
    private final PackFiles files;
    private final PackSettings settings;
    private final RarTool rar;
    private final PackSecrets secrets;

    public Planning(Database database, Packs packs, PackFiles files, PackSettings settings, PackSecrets secrets) {
        this.database = database;
        this.packs = packs;
        this.files = files;
        this.settings = settings;
        this.rar = settings.rar();
        this.secrets = secrets;
    }

    /// The request with what it left open as the settings say now, so that a pack stays what it was when they change.
    PackRequest complete(PackRequest request) {
        return request.or(settings);
    }

    /// Keeps the password of a pack that was just accepted.
    void keepSecret(String pack, PackRequest request) {
        if (request.password() != null) secrets.keep(pack, request.password());
    }

    /// Looks at the download's files and lays the pack out.
    ///
    /// @throws ArchiveException naming what cannot be read, cannot be written, or is no longer as it was
    public ArchivePlan plan(Pack pack) throws ArchiveException {
        return plan(pack, chosen(pack));
    }

    /// The plan of a pack as it was remembered; nothing is looked at.
    ///
    /// @throws ArchiveException REFUSED when this version would write other bytes than those that were planned
    public ArchivePlan remembered(Pack pack) throws ArchiveException {
        return plan(pack, files.entries(pack.id(), pack.origin().source()));
    }

    private ArchivePlan plan(Pack pack, List<Entry> entries) throws ArchiveException {
        var form = complete(pack.request()).form();
        var secret = secret(pack);
        var encryption = secret == null ? null : form.encryption(secret.password(), secret.seed());
        var plan = form.plan(nameOutside(pack), entries, encryption);
        requireUnchanged(pack, plan.fingerprint(), plan.sources());
        return plan;
    }

    /// The program that makes packs of the format `rar-binary`.
    public RarTool rar() {
        return rar;
    }

    /// Whether the `rar` program makes this pack: then [#rarPlan] is its plan.
    public boolean isOfRar(Pack pack) {
        return complete(pack.request()).form().format() == PackFormat.RAR_BINARY;
    }

    /// Looks at the download's files for the `rar` program, which lays out the pack by itself.
    ///
    /// @throws ArchiveException naming what cannot be read, or is no longer as it was
    public RarPlan rarPlan(Pack pack) throws ArchiveException {
        var whole = pack.request().choice().isEverything();
        var options = complete(pack.request()).form().rarOptions();
        var name = PackName.of(nameOutside(pack));
        var plan = new RarPlan(name, pack.origin().source(), chosen(pack), whole, options);
        requireUnchanged(pack, plan.fingerprint(), plan.entries());
        return plan;
    }

    /// What a pack is to be encrypted with; null leaves it open.
    ///
    /// @throws ArchiveException REFUSED when it was to be encrypted and its password is not known any more
    public @Nullable PackSecret secret(Pack pack) throws ArchiveException {
        if (!secrets.has(pack.id())) return null;
        return kept(pack)
                .orElseThrow(() -> new ArchiveException(
                        ArchiveException.Kind.REFUSED,
                        "The password of '" + pack.name() + "' is not kept any more: send the download again."));
    }

    private Optional<PackSecret> kept(Pack pack) throws ArchiveException {
        try {
            return secrets.find(pack.id());
        } catch (IllegalStateException e) {
            throw new ArchiveException(
                    ArchiveException.Kind.REFUSED,
                    "The password of '" + pack.name()
                            + "' was sealed with another instance.key: give every node the same"
                            + " one, or send the download again.",
                    e);
        }
    }

    /// Nothing of the pack will be written any more: whoever is to open it has the password.
    public void forgetPassword(Pack pack) {
        PackSecrets.forget(database, pack.id());
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
        var plan = all.plan();
        remember(pack, new Planned(plan.sources(), plan.fingerprint(), all.length(), plan.warnings()));
    }

    /// Remembers the first plan. Until its volumes are there, they are taken to be as large as the files.
    public void remember(Pack pack, RarPlan plan) {
        remember(pack, new Planned(plan.entries(), plan.fingerprint(), plan.sourceBytes(), plan.warnings()));
    }

    /// What of a plan is kept.
    private record Planned(List<Entry> entries, String fingerprint, long totalBytes, List<NameWarning> warnings) {}

    private void remember(Pack pack, Planned plan) {
        if (pack.contents().fingerprint() != null) return;
        var sourceBytes = plan.entries().stream().mapToLong(Entry::size).sum();
        var holds = plan.entries().stream()
                .filter(entry -> entry.kind() != Entry.Kind.DIRECTORY)
                .count();
        database.inTransaction(() -> {
            files.insert(pack.id(), plan.entries());
            files.insertWarnings(pack.id(), plan.warnings());
            packs.laidOut(
                    pack.id(),
                    new Pack.Contents(
                            plan.fingerprint(),
                            sourceBytes,
                            plan.totalBytes(),
                            holds,
                            pack.contents().leftOut(),
                            plan.warnings().size()));
        });
    }

    private List<Entry> chosen(Pack pack) throws ArchiveException {
        var chosen = pack.request().choice().of(pack.origin().source());
        packs.leavesOut(pack.id(), chosen.leftOut());
        return chosen.entries();
    }

    private void requireUnchanged(Pack pack, String fingerprint, List<Entry> entries) throws ArchiveException {
        var then = pack.contents().fingerprint();
        if (then != null && !then.equals(fingerprint)) throw files.firstDifference(pack.id(), entries);
    }
}
