package dev.transpack.librar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The files of a pack with recovery data: the volumes of a plan and, behind them, two files for each, in the same
/// order: the index of its PAR2 set, and the file that mends it. Known before a byte is read, like the plan.
public final class RecoveryPlan {
    private static final int FILES = 2;

    private final ArchivePlan plan;
    private final List<RecoverySet> sets;
    private final List<Volume> volumes;

    private RecoveryPlan(ArchivePlan plan, List<RecoverySet> sets) {
        this.plan = plan;
        this.sets = sets;
        this.volumes = volumes(plan, sets);
    }

    /// A plan without recovery data.
    public static RecoveryPlan none(ArchivePlan plan) {
        return new RecoveryPlan(plan, List.of());
    }

    /// A plan with so many per cent of recovery data for each volume; 0 is none.
    ///
    /// @throws ArchiveException REFUSED if that is more for one volume than memory should hold, or if a volume has
    ///     the name of such a file
    public static RecoveryPlan of(ArchivePlan plan, int percent) throws ArchiveException {
        if (percent == 0) {
            return none(plan);
        }
        var sets = new ArrayList<RecoverySet>();
        for (var volume : plan.volumes()) {
            sets.add(RecoverySet.of(volume, percent));
        }
        var all = new RecoveryPlan(plan, List.copyOf(sets));
        refuseTwice(all.volumes);
        return all;
    }

    /// What is protected.
    public ArchivePlan plan() {
        return plan;
    }

    /// Whether there is recovery data at all.
    public boolean hasRecovery() {
        return !sets.isEmpty();
    }

    /// All files: the plan's volumes, and those of the recovery data.
    public List<Volume> volumes() {
        return volumes;
    }

    /// Bytes of all files together.
    public long length() {
        return volumes.stream().mapToLong(Volume::length).sum();
    }

    /// What all bytes of all files depend on: the plan's fingerprint, and how much recovery data there is.
    public String fingerprint() {
        return hasRecovery() ? plan.fingerprint() + "+" + sets.getFirst().percent() : plan.fingerprint();
    }

    /// The index, among all files, of the first file of a volume's set; the other comes next.
    ///
    /// @param volume index of a volume of the plan
    public int indexFile(int volume) {
        return plan.volumes().size() + FILES * volume;
    }

    /// Makes the recovery data of a volume, which is read once for it.
    ///
    /// @param volume index of a volume of the plan
    /// @throws ArchiveException SOURCE_CHANGED or SOURCE_UNREADABLE, naming the file; CLOSED
    public RecoveryData make(int volume, RangeReader reader) throws ArchiveException, InterruptedException {
        return RecoveryData.of(sets.get(volume), reader, volume);
    }

    /// Files that are stored as they are may have such names.
    private static void refuseTwice(List<Volume> volumes) throws ArchiveException {
        var names = new HashSet<String>();
        for (var volume : volumes) {
            if (!names.add(volume.name())) {
                throw ArchiveException.refused("'" + volume.name()
                        + "' is to be packed, and recovery data would have that name: leave out the one or the other");
            }
        }
    }

    private static List<Volume> volumes(ArchivePlan plan, List<RecoverySet> sets) {
        var all = new ArrayList<>(plan.volumes());
        for (var set : sets) {
            all.add(new Volume(all.size(), set.indexName(), set.indexLength()));
            all.add(new Volume(all.size(), set.recoveryName(), set.recoveryLength()));
        }
        return List.copyOf(all);
    }
}
