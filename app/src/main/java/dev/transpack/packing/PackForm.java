package dev.transpack.packing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.transpack.librar.ArchiveException;
import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.Encryption;
import dev.transpack.librar.Entry;
import dev.transpack.librar.Password;
import dev.transpack.librar.RarOptions;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.settings.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the volumes of a pack are to be like; null is what is usual.
///
/// @param volumeSize bytes of a volume
/// @param level of compression, 0 to 5
/// @param recovery how many percent more to store, so that damage can be mended
/// @param portableNames whether names change that not every system can hold; usual is that they stay
public record PackForm(
        @Nullable PackFormat format,
        @Nullable Long volumeSize,
        @Nullable Integer level,
        @Nullable Integer recovery,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean portableNames) {
    /// Everything as it is usual.
    public static final PackForm USUAL = new PackForm(null, null, null, null);

    /// Without settings that say otherwise.
    public static final PackForm STANDARD = new PackForm(PackFormat.RAR, 500L << 20, 0, 0);

    /// Smaller volumes than this cannot be uploaded in parts (S3 wants parts of 5 MiB) and help nobody.
    static final long LEAST_VOLUME = 5L << 20;

    private static final int HIGHEST_LEVEL = 5;
    private static final int WHOLE = 100;
    /// What a pack and its links have themselves, beside the volumes.
    private static final Set<String> TAKEN = Set.of("manifest.json", "manifest", "checksums.sfv");

    /// With names as they are usual.
    public PackForm(
            @Nullable PackFormat format,
            @Nullable Long volumeSize,
            @Nullable Integer level,
            @Nullable Integer recovery) {
        this(format, volumeSize, level, recovery, null);
    }

    /// The same with this choice of names; null is what is usual.
    public PackForm withPortableNames(@Nullable Boolean chosen) {
        return new PackForm(format, volumeSize, level, recovery, chosen);
    }

    /// The same with what is usual in place of what was left open. A volume size is usual only for what always comes
    /// in volumes, and a level for what can compress.
    public PackForm or(PackForm usual) {
        var chosen = Objects.requireNonNull(format == null ? usual.format : format);
        return new PackForm(
                chosen,
                volumeSize == null && chosen.isInVolumes() ? usual.volumeSize : volumeSize,
                level != null ? level : chosen == PackFormat.RAR_BINARY ? usual.level : Integer.valueOf(0),
                recovery == null ? usual.recovery : recovery,
                portableNames == null ? usual.portableNames : portableNames);
    }

    /// What cannot be done, in a sentence with the remedy; null if nothing. Of a complete form.
    public @Nullable String problem() {
        if (volumeSize != null && format == PackFormat.FILES)
            return "The format files has no volumes, every file stays as it is: leave the volume size out.";
        if (level != null && (level < 0 || level > HIGHEST_LEVEL)) return "A level is 0 (store) to 5 (smallest).";
        if (level != null && level > 0 && format != null && format != PackFormat.RAR_BINARY)
            return "The format " + format.word()
                    + " stores and does not compress: choose the format rar-binary, or level 0.";
        if (recovery != null && (recovery < 0 || recovery > WHOLE)) return "Recovery is 0 (none) to 100 percent.";
        if (hasPortableNames() && format == PackFormat.RAR_BINARY)
            return "The rar program takes names as they are: choose another format, or leave portable names out.";
        return null;
    }

    /// The same of a pack with this password.
    public @Nullable String problem(@Nullable Secret password) {
        var problem = problem();
        if (problem != null || password == null || format == null) return problem;
        if (!format.isEncryptable())
            return "The format " + format.word() + " has no password: choose rar, zip or rar-binary.";
        if (format == PackFormat.ZIP && password.reveal().length() > Password.LONGEST_FOR_ZIP)
            return "The password of a zip has at most " + Password.LONGEST_FOR_ZIP
                    + " characters: choose a shorter one.";
        try {
            var _ = new Password(password.reveal());
            return null;
        } catch (IllegalArgumentException e) {
            return "This cannot be a password: " + e.getMessage() + ".";
        }
    }

    /// Whether names change that not every system can hold.
    public boolean hasPortableNames() {
        return Boolean.TRUE.equals(portableNames);
    }

    /// What cannot be done where a pack is served from its source files; null if nothing. Of a complete form.
    @Nullable
    String problemOnBox(@Nullable Secret password) {
        if (format == PackFormat.RAR_BINARY)
            return "The format rar-binary cannot be served from this box, as its volumes would have to be staged: choose"
                    + " rar, or another destination.";
        if (recovery != null && recovery > 0)
            return "A pack on this box has no recovery data: choose 0 percent, or another destination.";
        if (password != null && format == PackFormat.ZIP)
            return "A zip with a password cannot be served from this box, as each request would read whole files: choose"
                    + " rar, or another destination.";
        return null;
    }

    /// How this password hides as much as the format can. Of a complete form without a problem.
    ///
    /// @param seed see [Encryption]
    public Encryption encryption(Secret password, String seed) {
        var scope = format == PackFormat.ZIP ? Encryption.Scope.CONTENTS : Encryption.Scope.EVERYTHING;
        return new Encryption(new Password(password.reveal()), seed, scope);
    }

    /// What the `rar` program is asked for. Of a complete form.
    public RarOptions rarOptions() {
        return new RarOptions(
                Objects.requireNonNull(volumeSize), Objects.requireNonNull(level), Objects.requireNonNull(recovery));
    }

    /// Lays these entries out, in one of our own formats.
    ///
    /// @param encryption null leaves it open
    /// @throws ArchiveException as [ArchivePlan#of] does
    public ArchivePlan plan(String name, List<Entry> entries, @Nullable Encryption encryption) throws ArchiveException {
        var chosen = Objects.requireNonNull(format);
        if (chosen == PackFormat.FILES && TAKEN.contains(entries.getFirst().name()))
            throw new ArchiveException(
                    ArchiveException.Kind.REFUSED,
                    "A file called " + entries.getFirst().name()
                            + " cannot go as it is, the pack has one of its own: choose rar or zip.");
        var layout = chosen.layout();
        var size = volumeSize == null ? ArchiveOptions.LARGEST_VOLUME : volumeSize;
        return ArchivePlan.of(name, entries, new ArchiveOptions(layout, size, encryption, hasPortableNames()));
    }

    /// A plan and the recovery data that was asked for.
    ///
    /// @throws ArchiveException as [RecoveryPlan#of] does
    public RecoveryPlan withRecovery(ArchivePlan plan) throws ArchiveException {
        return RecoveryPlan.of(plan, recovery == null ? 0 : recovery);
    }
}
