package dev.transpack.librar;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The proprietary `rar` program as a second way to pack, for what store mode cannot do: compression, a
/// recovery record, a password. It needs staging, so volumes are handed over one by one as they are finished,
/// and may be removed at once (format section 4). The program is held back: it begins no volume before the one before
/// the last was taken, so that at most two lie in staging. It is niced where `nice` exists.
public final class RarBinary {
    private static final int SUCCESS = 0;
    private static final int WARNING = 1;
    private static final int WRITE_ERROR = 5;
    private static final int LONGEST_PASSWORD = 127;
    private static final long LOOK_EVERY_MILLISECONDS = 100;
    private static final long PATIENCE_SECONDS = 10;

    private final Path program;

    /// The program at a path.
    public RarBinary(Path program) {
        this.program = program;
    }

    /// The program on the search path, if it is installed.
    public static Optional<RarBinary> find() {
        return RarCommand.program("rar").map(RarBinary::new);
    }

    /// Where the program is.
    public Path program() {
        return program;
    }

    /// Takes a volume that is finished. The file is the sink's from then on: it may move or delete it.
    @FunctionalInterface
    public interface VolumeSink {
        /// Called on the packing thread, in order; `index` counts from 0. The program makes one more volume meanwhile,
        /// and begins another when this returns.
        void accept(int index, Path volume) throws IOException, InterruptedException;
    }

    /// How a run ended well.
    ///
    /// @param volumes how many were handed over
    /// @param warned whether the program ended with a warning
    /// @param lastLines the last lines it said
    public record Outcome(int volumes, boolean warned, List<String> lastLines) {}

    /// Runs the program to its end, handing over each volume when the next one was begun, and the rest when the
    /// program ended well. Interrupting the thread ends the program and everything it started; then, and on any
    /// failure, the volumes not yet handed over are removed.
    ///
    /// @param password with it, contents and names are encrypted; the caller may wipe it afterwards
    /// @throws ArchiveException TOOL_FAILED with the program's last lines; DESTINATION_FAILED if it could not
    ///     write, with "No space left on device" where that was why; REFUSED if volumes of that name are already
    ///     staged, or a name or password cannot be given to the program
    public Outcome pack(RarRequest request, char @Nullable [] password, VolumeSink sink)
            throws IOException, InterruptedException {
        checkPassword(password);
        var volumes = new StagedVolumes(request);
        if (!volumes.isEmpty()) {
            throw ArchiveException.refused("volumes of '" + request.name().value() + "' are already in "
                    + request.staging() + ": remove them first");
        }
        var command = RarCommand.of(program, request, password != null);
        try {
            return run(command, request, volumes, password, sink);
        } catch (IOException | InterruptedException | RuntimeException e) {
            volumes.delete();
            throw e;
        } finally {
            if (command.list().isPresent()) {
                Files.deleteIfExists(command.list().get());
            }
        }
    }

    private Outcome run(
            RarCommand command, RarRequest request, StagedVolumes volumes, char @Nullable [] password, VolumeSink sink)
            throws IOException, InterruptedException {
        var process = start(command);
        try (var output = new OutputTail(process.getInputStream())) {
            try (var input = new RarInput(process.getOutputStream())) {
                input.password(password);
                input.nextVolume();
                while (!process.waitFor(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                    if (output.question().isPresent()) {
                        throw stuck(request, output.question().get());
                    }
                    handOver(volumes, false, (index, volume) -> {
                        sink.accept(index, volume);
                        input.nextVolume();
                    });
                }
            } finally {
                end(process);
            }
            var warned = warned(process.exitValue(), request, output);
            handOver(volumes, true, sink);
            if (volumes.handedOver() == 0) {
                throw failed("made no volume", output);
            }
            return new Outcome(volumes.handedOver(), warned, output.lines());
        }
    }

    private Process start(RarCommand command) throws ArchiveException {
        var builder = new ProcessBuilder(command.arguments())
                .directory(command.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ArchiveException(
                    ArchiveException.Kind.TOOL_FAILED, program + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static void handOver(StagedVolumes volumes, boolean ended, VolumeSink sink)
            throws IOException, InterruptedException {
        var index = volumes.handedOver();
        for (var volume : volumes.next(ended)) {
            sink.accept(index++, volume);
        }
    }

    private boolean warned(int exit, RarRequest request, OutputTail output) throws ArchiveException {
        return switch (exit) {
            case SUCCESS -> false;
            case WARNING -> true;
            case WRITE_ERROR -> throw unwritable(request, String.join("\n", output.lines()));
            default -> throw failed("ended with status " + exit, output);
        };
    }

    /// Nobody is there to choose what it offers.
    private ArchiveException stuck(RarRequest request, String question) {
        return question.contains("Write error")
                ? unwritable(request, question)
                : new ArchiveException(ArchiveException.Kind.TOOL_FAILED, program + " stopped: " + question);
    }

    /// It says that it could not write, and never why: when there is not room for the two volumes that may lie there,
    /// or for the whole pack if that is less, that is why.
    private ArchiveException unwritable(RarRequest request, String said) {
        var why = hasNoRoom(request) ? "No space left on device" : program + " says: " + said;
        return new ArchiveException(
                ArchiveException.Kind.DESTINATION_FAILED, "'" + request.staging() + "' cannot be written: " + why);
    }

    private static boolean hasNoRoom(RarRequest request) {
        try {
            var needed = Math.min(2 * request.options().volumeSize(), request.mostBytes());
            return Files.getFileStore(request.staging()).getUsableSpace() < needed;
        } catch (IOException e) {
            return false; // nobody can say: the program's lines stand for themselves
        }
    }

    private ArchiveException failed(String how, OutputTail output) {
        var message = program + " " + how + ": " + String.join("\n", output.lines());
        return new ArchiveException(ArchiveException.Kind.TOOL_FAILED, message);
    }

    /// Ends the program and everything it started. Left alone if it ended by itself, because destroying a process also
    /// closes its output, and its last words would be lost.
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            // Only then does it write no more. Not waited for without an end: a disk that hangs keeps it.
            process.onExit()
                    .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static void checkPassword(char @Nullable [] password) throws ArchiveException {
        if (password == null) {
            return;
        }
        var text = CharBuffer.wrap(password);
        if (password.length == 0 || password.length > LONGEST_PASSWORD) {
            throw ArchiveException.refused("a password has 1 to " + LONGEST_PASSWORD + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw ArchiveException.refused("a password cannot hold line breaks or control characters");
        }
    }
}
