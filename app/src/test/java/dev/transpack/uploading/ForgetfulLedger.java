package dev.transpack.uploading;

import java.io.IOException;
import java.util.List;

/// A ledger that fails when it holds so many parts, as if the process had died there: before a part is noted, or after.
final class ForgetfulLedger implements UploadLedger, AutoCloseable {
    private final LedgerFile file;
    private final int parts;
    private final boolean forgets;
    private int noted;
    private boolean dead;

    /// Dies instead of noting a part that the destination accepted, once it holds so many, and before a volume is noted
    /// as complete.
    ForgetfulLedger(LedgerFile file, int parts) {
        this(file, parts, true);
    }

    /// @param forgets whether the last part is lost
    ForgetfulLedger(LedgerFile file, int parts, boolean forgets) {
        this.file = file;
        this.parts = parts;
        this.forgets = forgets;
    }

    @Override
    public void requireHeld() throws IOException {
        alive();
    }

    @Override
    public List<KnownVolume> volumes() {
        return file.volumes();
    }

    @Override
    public List<AcceptedPart> parts(int volume) {
        return file.parts(volume);
    }

    @Override
    public synchronized void planned(int volume, ObjectKey key) throws IOException {
        alive();
        file.planned(volume, key);
    }

    @Override
    public synchronized void opened(int volume, String uploadId) throws IOException {
        alive();
        file.opened(volume, uploadId);
    }

    @Override
    public synchronized void accepted(int volume, AcceptedPart part) throws IOException {
        alive();
        noted++;
        if (forgets && noted > parts) die();
        file.accepted(volume, part);
        if (!forgets && noted >= parts) die();
    }

    @Override
    public synchronized void completed(int volume, CompletedVolume object) throws IOException {
        alive();
        if (forgets) die();
        file.completed(volume, object);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void die() throws IOException {
        dead = true;
        alive();
    }

    private void alive() throws IOException {
        if (dead) throw new IOException("the process died here");
    }
}
