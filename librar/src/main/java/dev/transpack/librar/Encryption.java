package dev.transpack.librar;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/// That a pack is encrypted, and how (AES-256). With the same seed the same entries give the same bytes, which a
/// resumed pack needs; whenever an entry differs, so do all salts and initialisation vectors.
///
/// @param password what opens the pack
/// @param seed 32 bytes in hexadecimal digits, from [#freshSeed]; not a secret, kept as long as the pack may be resumed
/// @param scope what is hidden
public record Encryption(Password password, String seed, Scope scope) {
    private static final int SEED_BYTES = 32;

    /// What the password hides.
    public enum Scope {
        /// Names, sizes, times and contents: RAR5 only. Without the password nobody sees more than the volumes' sizes.
        EVERYTHING,
        /// Contents only. Names, sizes and times stay readable, links' targets in RAR5 too. In RAR5 so does the
        /// CRC32 of each file, which tells whoever has the same file that it is the same.
        CONTENTS
    }

    /// Refuses a seed that is none.
    public Encryption {
        seed = seed.toLowerCase(Locale.ROOT);
        if (HexFormat.of().parseHex(seed).length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes");
        }
    }

    /// A new random seed. Every pack needs its own.
    public static String freshSeed() {
        var bytes = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
