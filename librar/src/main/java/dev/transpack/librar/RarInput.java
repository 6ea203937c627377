package dev.transpack.librar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a running `rar` reads on its standard input: the password, and a leave for each next volume, for which it
/// asks because of `-vp`. When it closes, by itself or because this process has died, `rar` 7.01 ends at its next
/// question with status 255 (seen from outside).
final class RarInput implements AutoCloseable {
    private static final byte[] YES = {'y', '\n'};

    private final OutputStream input;

    RarInput(OutputStream input) {
        this.input = input;
    }

    /// Answers the question for the password, which comes first and, where there is no terminal, once.
    void password(char @Nullable [] password) {
        if (password == null) {
            return;
        }
        var bytes = new byte[4 * password.length + 1]; // UTF-8 takes at most 4 bytes a character
        var line = ByteBuffer.wrap(bytes);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), line, true);
        line.put((byte) '\n');
        write(bytes, line.position());
        Arrays.fill(bytes, (byte) 0);
    }

    /// Lets one more volume begin.
    void nextVolume() {
        write(YES, YES.length);
    }

    private void write(byte[] bytes, int length) {
        try {
            input.write(bytes, 0, length);
            input.flush();
        } catch (IOException e) {
            // It ended without reading its input: its exit status and last lines say why, better than a broken pipe.
        }
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            // The same.
        }
    }
}
