import dev.transpack.librar.ArchiveOptions;
import dev.transpack.librar.ArchivePlan;
import dev.transpack.librar.EntryScan;
import dev.transpack.settings.Secret;
import dev.transpack.uploading.Destination;
import dev.transpack.uploading.DestinationProbe;
import dev.transpack.uploading.DestinationSettings;
import dev.transpack.uploading.LedgerFile;
import dev.transpack.uploading.OutgoingPack;
import dev.transpack.uploading.PackUpload;
import dev.transpack.uploading.RateLimit;
import dev.transpack.uploading.S3ObjectStore;
import dev.transpack.uploading.UploadSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Packs a folder straight into a bucket and prints one row of a table: what the whole process took.
/// usage: UploadMovie FOLDER ENDPOINT BUCKET ACCESS_KEY SECRET_KEY
final class UploadMovie {
    private UploadMovie() {}

    public static void main(String[] args) throws Exception {
        var begun = System.nanoTime();
        var scan = EntryScan.of(Path.of(args[0]));
        var plan = ArchivePlan.of("movie", scan.entries(), ArchiveOptions.rar5(500L << 20));
        var upload = UploadSettings.DEFAULTS;
        var settings = new DestinationSettings(
                "bench",
                args[2],
                "",
                DestinationSettings.Address.at(URI.create(args[1])),
                new DestinationSettings.Keys(args[3], new Secret(args[4])),
                DestinationSettings.Storage.PLAIN);
        var state = Files.createTempDirectory("upload-movie");
        var start = new LedgerFile.Start("pack-" + begun, plan.fingerprint(), upload.partSizeFor(500L << 20));
        try (var store = S3ObjectStore.open(settings);
                var ledger = LedgerFile.open(state.resolve("ledger"), start)) {
            var probe = DestinationProbe.run(store, "");
            var pack = new OutgoingPack(start.packId(), "movie", plan, start.partSize(), "bench");
            var destination = new Destination(store, "", probe.payloadHashEnforced());
            var sealed = new PackUpload(pack, destination, ledger, upload, new RateLimit(null)).run(_ -> {});
            ledger.remove();
            print(plan.length(), System.nanoTime() - begun, sealed.grade().toString());
        }
        Files.delete(state);
    }

    private static void print(long bytes, long nanos, String grade) throws Exception {
        var gib = bytes / (double) (1 << 30);
        var cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        var peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("0");
        System.out.printf(
                "| %.2f | %s | %.1f | %.0f | %.2f | %.2f | %d |%n",
                gib, grade, nanos / 1e9, gib * 1024 / (nanos / 1e9), cpu, cpu / gib, Long.parseLong(peak) / 1024);
    }
}
