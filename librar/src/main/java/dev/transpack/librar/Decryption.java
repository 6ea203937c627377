package dev.transpack.librar;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// Opens stretches of encrypted files. Any number of threads may use one; what [#from] gives is for one of them.
public final class Decryption {
    private record KeyFacts(int rounds, String salt, boolean chained) {}

    private final Password password;
    private final Map<KeyFacts, byte[]> keys = new ConcurrentHashMap<>();

    /// With the archive's password; whether it is right shows only in what comes out.
    public Decryption(Password password) {
        this.password = password;
    }

    /// What opens the stored bytes of a file from a position on. Takes as long as a guess the first time for a salt.
    ///
    /// @param lead the stored bytes before, as many as [ContentCipher#lead] says
    public Opening from(ContentCipher cipher, long position, byte[] lead) {
        if (lead.length != cipher.lead(position)) {
            throw new IllegalArgumentException("position " + position + " needs " + cipher.lead(position) + " bytes");
        }
        var key = keys.computeIfAbsent(
                new KeyFacts(cipher.rounds(), cipher.salt(), cipher.vector() != null), facts -> key(facts, cipher));
        var vector = cipher.vector();
        return vector == null ? new Counted(key, position) : new Chained(key, vector, position, lead);
    }

    private byte[] key(KeyFacts facts, ContentCipher cipher) {
        return Ciphers.pbkdf2(
                facts.chained ? "HmacSHA256" : "HmacSHA1", password, cipher.saltBytes(), facts.rounds, Secrets.KEY);
    }

    /// Stored bytes in, the file's bytes out.
    public sealed interface Opening {
        /// Within the file, of the next byte that comes out. Where blocks are chained this is the beginning of the
        /// block
        /// that the first stored byte stands in.
        long position();

        /// Takes the next stored bytes and gives what they complete, which may be a few more or less. Behind the end of
        /// the file come the zeros that fill its last block up.
        byte[] open(byte[] stored, int length);
    }

    private static final class Chained implements Opening {
        private final Cipher cipher;
        private long position;

        Chained(byte[] key, String vector, long position, byte[] lead) {
            var begun = (int) (position % Ciphers.BLOCK);
            var before = lead.length == begun ? HexFormat.of().parseHex(vector) : Arrays.copyOf(lead, Ciphers.BLOCK);
            this.position = position - begun;
            this.cipher = Ciphers.openingCbc(key, before);
            open(Arrays.copyOfRange(lead, lead.length - begun, lead.length), begun);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public byte[] open(byte[] stored, int length) {
            byte @Nullable [] opened = cipher.update(stored, 0, length);
            if (opened == null) {
                return new byte[0];
            }
            position += opened.length;
            return opened;
        }
    }

    private static final class Counted implements Opening {
        private final ZipCounterMode mode;
        private long position;

        Counted(byte[] key, long position) {
            this.mode = new ZipCounterMode(key);
            this.position = position;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public byte[] open(byte[] stored, int length) {
            var opened = Arrays.copyOf(stored, length);
            mode.apply(opened, length, position);
            position += length;
            return opened;
        }
    }
}
