package dev.transpack.librar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The proprietary `rar` program as a second way to pack, for what store mode cannot do: compression, a
/// recovery record, a password. It needs staging, so volumes are handed over one by one as they are finished,
/// and may be removed at once (format section 4). The program is niced where `nice` exists.
public final class RarBinary {
    private static final int SUCCESS = 0;
    private static final int WARNING = 1;
    private static final int LONGEST_PASSWORD = 127;
    private static final long LOOK_EVERY_MILLISECONDS = 100;

    private final Path program;

    /// The program at a path.
    public RarBinary(Path program) {
        this.program = program;
    }

    /// The program on the search path, if it is installed.
    public static Optional<RarBinary> find() {
        return RarCommand.program("rar").map(RarBinary::new);
    }

    /// Takes a volume that is finished. The file is the sink's from then on: it may move or delete it.
    @FunctionalInterface
    public interface VolumeSink {
        /// Called on the packing thread, in order; `index` counts from 0. The program runs on meanwhile.
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
    /// @throws ArchiveException TOOL_FAILED with the program's last lines; REFUSED if volumes of that name are
    ///     already staged, or a name or password cannot be given to the program
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
            return run(command, volumes, password, sink);
        } catch (IOException | InterruptedException | RuntimeException e) {
            volumes.delete();
            throw e;
        } finally {
            if (command.list().isPresent()) {
                Files.deleteIfExists(command.list().get());
            }
        }
    }

    private Outcome run(RarCommand command, StagedVolumes volumes, char @Nullable [] password, VolumeSink sink)
            throws IOException, InterruptedException {
        var process = start(command);
        try (var output = new OutputTail(process.getInputStream())) {
            try {
                tell(process, password);
                while (!process.waitFor(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                    handOver(volumes, false, sink);
                }
            } finally {
                end(process);
            }
            var warned = warned(process.exitValue(), output);
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

    /// Standard input holds the password, for the question and for its repetition, or nothing.
    private static void tell(Process process, char @Nullable [] password) {
        try (var input = process.getOutputStream()) {
            if (password != null) {
                var bytes = new byte[4 * password.length + 1]; // UTF-8 takes at most 4 bytes a character
                var line = ByteBuffer.wrap(bytes);
                StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), line, true);
                line.put((byte) '\n');
                input.write(bytes, 0, line.position());
                input.write(bytes, 0, line.position());
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (IOException e) {
            // It ended without reading its input: its exit status and last lines say why, better than a broken pipe.
        }
    }

    private static void handOver(StagedVolumes volumes, boolean ended, VolumeSink sink)
            throws IOException, InterruptedException {
        var index = volumes.handedOver();
        for (var volume : volumes.next(ended)) {
            sink.accept(index++, volume);
        }
    }

    private boolean warned(int exit, OutputTail output) throws ArchiveException {
        return switch (exit) {
            case SUCCESS -> false;
            case WARNING -> true;
            default -> throw failed("ended with status " + exit, output);
        };
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
