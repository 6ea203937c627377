package dev.transpack.uploading;

/// Looks at an upload a few times a second, on the thread that runs it. Throwing ends the upload, as an interrupt does:
/// parts on their way stop, what was accepted stays for the next run.
@FunctionalInterface
public interface UploadWatcher<X extends Exception> {
    void look(UploadProgress progress) throws X;
}
