package dev.transpack.command;

import dev.transpack.librar.Encryption;
import dev.transpack.librar.RecoveryPlan;
import dev.transpack.packing.PackId;
import dev.transpack.settings.FolderException;
import dev.transpack.uploading.Destination;
import dev.transpack.uploading.DestinationFacts;
import dev.transpack.uploading.DestinationProbe;
import dev.transpack.uploading.LedgerFile;
import dev.transpack.uploading.OutgoingPack;
import dev.transpack.uploading.PackUpload;
import dev.transpack.uploading.RateLimit;
import dev.transpack.uploading.S3ObjectStore;
import dev.transpack.uploading.StoreException;
import dev.transpack.uploading.UploadRemoval;
import dev.transpack.uploading.UploadSettings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/// Volumes as objects of a bucket. One small file remembers what arrived until the pack is sealed.
record BucketOutput(BucketOptions.Target target, Begun begun, Content content) {
    private static final String STATE_SETTING = "XDG_STATE_HOME";

    /// What stays the same however often the command has to be run again.
    ///
    /// @param seed see [Encryption]
    record Begun(String packId, String seed) {
        /// Of a command that was not run before.
        static Begun afresh() {
            return new Begun(PackId.random(), Encryption.freshSeed());
        }
    }

    /// What an earlier run of the same command began, or what this one begins; always the latter with `--restart`.
    static Begun begun(BucketOptions.Target target, Path source) throws IOException {
        return target.restart() ? Begun.afresh() : begun(ledgerFile(target, source));
    }

    private static Begun begun(Path ledger) throws IOException {
        return LedgerFile.peek(ledger)
                .filter(start -> start.seed() != null)
                .map(start -> new Begun(start.packId(), String.valueOf(start.seed())))
                .orElseGet(Begun::afresh);
    }

    /// What is sent.
    interface Content {
        String fingerprint();

        int partSize() throws IOException;

        /// Whether what an earlier run had sent is of no use to a later one.
        boolean beginsAfresh();

        /// Removes what an earlier run left elsewhere.
        void forget(String packId) throws IOException;

        /// Sends and seals it.
        void send(Destination destination, LedgerFile ledger) throws IOException, InterruptedException;
    }

    /// Volumes of our own formats, streamed.
    record Streamed(String name, RecoveryPlan files, ProgressLine line) implements Content {
        @Override
        public String fingerprint() {
            return files.fingerprint();
        }

        @Override
        public int partSize() throws IOException {
            return UploadSettings.DEFAULTS.partSizeFor(files.plan());
        }

        @Override
        public boolean beginsAfresh() {
            return false;
        }

        @Override
        public void forget(String packId) {
            // Nothing lies anywhere else.
        }

        @Override
        public void send(Destination destination, LedgerFile ledger) throws IOException, InterruptedException {
            var start = ledger.start();
            var tool = "transpack " + Version.current();
            var pack = new OutgoingPack(start.packId(), name, files, start.partSize(), tool);
            new PackUpload(pack, destination, ledger, UploadSettings.DEFAULTS, new RateLimit(null))
                    .run(progress -> line.show(progress.bytes(), progress.totalBytes()));
        }
    }

    /// @return where they are
    String write(Path source) throws IOException, InterruptedException {
        var settings = target.settings();
        try (var store = S3ObjectStore.open(settings)) {
            var destination = new Destination(store, settings.prefix(), facts(store));
            var file = ledgerFile(target, source);
            if (target.restart() || isOfNoUse(file)) takeBack(file, destination);
            var pack = sent(destination, file);
            return store.address() + "/" + folder(settings.prefix()) + pack + "/";
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            // Nothing else is written here: what is on the disk is read.
            if (FolderException.isFull(e)) throw FolderException.of(stateDirectory(), STATE_SETTING, e);
            throw e;
        }
    }

    /// Whether an earlier run of the same left what this one cannot go on with. What another upload left, which may
    /// still go on, is taken back only if that is asked for.
    private boolean isOfNoUse(Path file) throws IOException {
        return content.beginsAfresh()
                && LedgerFile.peek(file)
                        .filter(start -> start.fingerprint().equals(content.fingerprint()))
                        .isPresent();
    }

    /// @return the pack's id
    private String sent(Destination destination, Path file) throws IOException, InterruptedException {
        try (var ledger = opened(file)) {
            upload(destination, ledger, file);
            ledger.remove();
            return ledger.start().packId();
        }
    }

    private LedgerFile opened(Path file) throws IOException {
        try {
            return LedgerFile.open(file, fresh());
        } catch (FileSystemException e) {
            throw FolderException.of(stateDirectory(), STATE_SETTING, e);
        }
    }

    private void upload(Destination destination, LedgerFile ledger, Path file)
            throws IOException, InterruptedException {
        if (!ledger.start().fingerprint().equals(content.fingerprint()))
            throw new IOException(
                    "The files or options changed since an earlier run of this command sent a part of them:"
                            + " run it with --restart to take that back and begin afresh (" + file + ").");
        content.send(destination, ledger);
    }

    private DestinationFacts facts(S3ObjectStore store) throws IOException, InterruptedException {
        var result = DestinationProbe.run(store, target.settings().prefix());
        for (var check : result.checks())
            if (!check.works())
                throw new IOException(store.address() + " cannot be used (" + check.what() + "): " + check.problem());
        return result.facts();
    }

    private void takeBack(Path file, Destination destination) throws IOException, InterruptedException {
        try (var ledger = opened(file)) {
            new UploadRemoval(destination.store()).remove(ledger.start().packId(), ledger);
            content.forget(ledger.start().packId());
            ledger.remove();
        }
    }

    private LedgerFile.Start fresh() throws IOException {
        return new LedgerFile.Start(begun.packId(), content.fingerprint(), content.partSize(), begun.seed());
    }

    private static Path ledgerFile(BucketOptions.Target target, Path source) {
        var settings = target.settings();
        var there = "s3://" + settings.bucket() + "/" + settings.prefix();
        return LedgerFile.pathFor(stateDirectory(), source.toString(), there);
    }

    private static String folder(String prefix) {
        var trimmed = prefix.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? "" : trimmed + "/";
    }

    private static Path stateDirectory() {
        var state = Objects.requireNonNullElse(System.getenv("XDG_STATE_HOME"), "");
        var base = state.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(state);
        return base.resolve("transpack");
    }
}
