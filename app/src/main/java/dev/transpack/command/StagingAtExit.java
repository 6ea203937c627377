package dev.transpack.command;

import dev.transpack.packing.Staging;
import java.io.IOException;

/// Empties staging when Ctrl-C or SIGTERM ends the process while it is open: the program that writes there is ended
/// first.
final class StagingAtExit implements AutoCloseable {
    private final Thread hook;

    private StagingAtExit(Thread hook) {
        this.hook = hook;
    }

    static StagingAtExit of(Staging staging, String pack) {
        var hook = Thread.ofPlatform().unstarted(() -> empty(staging, pack));
        Runtime.getRuntime().addShutdownHook(hook);
        return new StagingAtExit(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the hook runs.
        }
    }

    private static void empty(Staging staging, String pack) {
        ProcessHandle.current().descendants().forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        try {
            staging.remove(pack);
        } catch (IOException e) {
            System.err.println(staging.folder().resolve(pack) + " could not be removed: remove it by hand.");
        }
    }
}
