package dev.transpack.command;

import dev.transpack.librar.RarBinary;
import dev.transpack.librar.RarPlan;
import dev.transpack.librar.Volume;
import dev.transpack.packing.RarTool;
import dev.transpack.packing.Staging;
import dev.transpack.settings.Secret;
import dev.transpack.uploading.Destination;
import dev.transpack.uploading.LedgerFile;
import dev.transpack.uploading.RateLimit;
import dev.transpack.uploading.StagedPack;
import dev.transpack.uploading.StagedUpload;
import dev.transpack.uploading.UploadSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Volumes that the `rar` program makes, on their way to a bucket: staged two at a time in a temporary folder. Knows
/// which they were when it has run.
final class RarOutput implements BucketOutput.Content {
    private final RarPlan plan;
    private final @Nullable Secret password;
    private final ProgressLine line;
    private final List<Volume> volumes = new ArrayList<>();

    RarOutput(RarPlan plan, @Nullable Secret password, ProgressLine line) {
        this.plan = plan;
        this.password = password;
        this.line = line;
    }

    List<Volume> volumes() {
        return volumes;
    }

    @Override
    public String fingerprint() {
        return plan.fingerprint();
    }

    @Override
    public int partSize() {
        return StagedPack.partSize(plan, UploadSettings.DEFAULTS);
    }

    @Override
    public boolean beginsAfresh() {
        return true;
    }

    @Override
    public void forget(String packId) throws IOException {
        tool().staging().remove(packId);
    }

    @Override
    public void send(Destination destination, LedgerFile ledger) throws IOException, InterruptedException {
        var start = ledger.start();
        var version = "transpack " + Version.current();
        var upload = new StagedUpload(
                new StagedPack(start.packId(), plan.name().value(), plan, password, start.partSize(), version),
                tool(),
                new StagedUpload.Target(destination, ledger, StagedUpload.VolumeRows.NONE),
                UploadSettings.DEFAULTS,
                new RateLimit(null));
        try (var _ = StagingAtExit.of(tool().staging(), start.packId())) {
            upload.run(progress -> line.show(progress.bytes(), progress.totalBytes()));
        }
        volumes.addAll(upload.volumes());
    }

    /// `RAR_BINARY_PATH`, else what is on the search path; volumes wait in `TMPDIR`.
    static RarTool tool() {
        var named = Objects.requireNonNullElse(System.getenv("RAR_BINARY_PATH"), "");
        var program = named.isBlank()
                ? RarBinary.find().map(RarBinary::program).orElse(Path.of("/usr/bin/rar"))
                : Path.of(named);
        var temporary = Objects.requireNonNullElse(System.getenv("TMPDIR"), "");
        var folder = temporary.isBlank() ? System.getProperty("java.io.tmpdir") : temporary;
        return new RarTool(program, new Staging(Path.of(folder), "TMPDIR"));
    }
}
