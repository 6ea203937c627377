package dev.transpack.librar;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// AES-256 as WinZip's AE-2 specification describes it: contents only, each file with a salt and keys of its own. In
/// place of the CRC32 an authentication code over all encrypted bytes follows a file.
final class ZipEncryption implements ZipProtection {
    private static final int SALT = Ciphers.BLOCK;
    private static final int VERIFIER = 2;
    /// Of HMAC-SHA1, the rest is cut off.
    private static final int CODE = 10;
    private static final int ITERATIONS = 1000;

    private final Secrets secrets;
    /// Header and content of a file want the same keys, one after the other, and making them takes a millisecond.
    private volatile @Nullable Keys latest;

    ZipEncryption(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Refuses what a ZIP cannot do, rather than hide less than was asked for.
    static void check(Encryption encryption) throws ArchiveException {
        if (encryption.scope() != Encryption.Scope.CONTENTS) {
            throw ArchiveException.refused(
                    "a zip cannot hide names, sizes and times: choose rar, or hide contents only");
        }
        if (encryption.password().value().length() > Password.LONGEST_FOR_ZIP) {
            throw ArchiveException.refused("a zip's password must not have more than " + Password.LONGEST_FOR_ZIP
                    + " characters: choose a shorter one, or rar");
        }
    }

    /// What the password gives for one entry.
    static final class Keys {
        private final int entry;
        private final byte[] salt;
        private final byte[] bytes;

        private Keys(int entry, byte[] salt, Password password) {
            this.entry = entry;
            this.salt = salt;
            this.bytes = Ciphers.pbkdf2("HmacSHA1", password, salt, ITERATIONS, 2 * Secrets.KEY + VERIFIER);
        }

        /// Encrypts, from any position on.
        ZipCounterMode cipher() {
            return new ZipCounterMode(Arrays.copyOf(bytes, Secrets.KEY));
        }

        /// Authenticates what was encrypted.
        Mac mac() {
            return Ciphers.mac("HmacSHA1", Arrays.copyOfRange(bytes, Secrets.KEY, 2 * Secrets.KEY));
        }

        /// The authentication code as it stands in the archive.
        static byte[] code(Mac mac) {
            return Arrays.copyOf(mac.doFinal(), CODE);
        }

        private byte[] lead(byte[] target) {
            var sealed = target.clone();
            cipher().apply(sealed, sealed.length, 0);
            var lead = new ByteWriter().bytes(salt).bytes(Arrays.copyOfRange(bytes, 2 * Secrets.KEY, bytes.length));
            if (sealed.length == 0) {
                return lead.toArray();
            }
            var mac = mac();
            mac.update(sealed);
            return lead.bytes(sealed).bytes(code(mac)).toArray();
        }
    }

    Keys keys(int entry) {
        var known = latest;
        if (known == null || known.entry != entry) {
            known = new Keys(entry, salt(entry), secrets.encryption().password());
            latest = known;
        }
        return known;
    }

    private byte[] salt(int entry) {
        return secrets.derive("zip", entry);
    }

    @Override
    public Contents contents(List<Entry> entries, SourceReader reader) {
        return new CtrContents(entries, reader, this);
    }

    @Override
    public ContentCipher cipher(int entry) {
        return new ContentCipher(ITERATIONS, HexFormat.of().formatHex(salt(entry)), null);
    }

    @Override
    public ZipContent content(int entry) {
        return new Content(entry);
    }

    private final class Content implements ZipContent {
        private final int entry;

        Content(int entry) {
            this.entry = entry;
        }

        @Override
        public int method() {
            return 99;
        }

        @Override
        public int flags() {
            return 1;
        }

        @Override
        public int version() {
            return 51;
        }

        /// Version AE-2, vendor `AE`, 256 bits, stored.
        @Override
        public byte[] extra() {
            return new ByteWriter()
                    .u16(0x9901)
                    .u16(7)
                    .u16(2)
                    .utf8("AE")
                    .u8(3)
                    .u16(0)
                    .toArray();
        }

        @Override
        public boolean hasCrc() {
            return false;
        }

        @Override
        public long length(long size) {
            return SALT + VERIFIER + size + CODE;
        }

        @Override
        public int leadLength(byte[] target) {
            return target.length == 0 ? SALT + VERIFIER : Math.toIntExact(length(target.length));
        }

        @Override
        public byte[] lead(byte[] target) {
            return keys(entry).lead(target);
        }

        @Override
        public int sealLength() {
            return CODE;
        }
    }
}
