package dev.transpack.librar;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How the content of one file stands encrypted in an archive (AES-256): all that is needed beside the password to take
/// that file out alone, from any byte on. No secret.
///
/// @param rounds of PBKDF2, which makes the key of the password
/// @param salt of the key: 16 bytes in hexadecimal digits
/// @param vector what the file's chain of blocks begins with (CBC, in RAR5): 16 bytes in hexadecimal digits; null in
///     counter mode (WinZip's AE-2, in ZIP)
public record ContentCipher(
        int rounds, String salt, @Nullable String vector) {
    private static final int MOST_ROUNDS = 1 << 24;

    /// Refuses what no archive has.
    public ContentCipher {
        if (rounds < 1 || rounds > MOST_ROUNDS || !isBlock(salt) || (vector != null && !isBlock(vector))) {
            throw new IllegalArgumentException("not a file's cipher");
        }
    }

    /// Bytes that a file of so many takes in the archive: whole blocks in a chain, which zeros fill up.
    public long storedLength(long size) {
        return vector == null ? size : Ciphers.padded(size);
    }

    /// How many stored bytes before a position are needed to open what follows; at most 31. In a chain the block
    /// before,
    /// and what stands of the block that the position cuts.
    public int lead(long position) {
        if (vector == null) {
            return 0;
        }
        var cutOff = (int) (position % Ciphers.BLOCK);
        return position < Ciphers.BLOCK ? cutOff : Ciphers.BLOCK + cutOff;
    }

    byte[] saltBytes() {
        return HexFormat.of().parseHex(salt);
    }

    private static boolean isBlock(String hex) {
        return hex.length() == 2 * Ciphers.BLOCK && hex.chars().allMatch(HexFormat::isHexDigit);
    }
}
