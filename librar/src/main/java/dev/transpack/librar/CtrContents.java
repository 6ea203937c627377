package dev.transpack.librar;

import dev.transpack.librar.SourceReader.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// Files in counter mode, with an authentication code behind each that needs all its encrypted bytes. That code cannot
/// be saved halfway: what was skipped is read after all, as soon as something behind it is wanted.
final class CtrContents implements Contents {
    private final List<Entry> entries;
    private final SourceReader reader;
    private final ZipEncryption encryption;
    private final byte[] bite = new byte[Ciphers.BITE];
    private @Nullable Progress progress;

    CtrContents(List<Entry> entries, SourceReader reader, ZipEncryption encryption) {
        this.entries = entries;
        this.reader = reader;
        this.encryption = encryption;
    }

    /// How far one file is.
    private static final class Progress {
        final int entry;
        /// Bytes that the code has seen.
        long authenticated;
        /// Bytes that were filled or skipped.
        long position;
        /// Of the encrypted bytes from one to the other.
        int skippedCrc;

        @Nullable
        Tools tools;

        byte @Nullable [] seal;

        Progress(int entry) {
            this.entry = entry;
        }
    }

    private record Tools(ZipCounterMode cipher, Mac mac) {}

    /// Where encrypted bytes go.
    private interface Output {
        void take(byte[] bytes, int length);
    }

    @Override
    public Stretch fill(int entry, long offset, ByteBuffer target) throws ArchiveException, InterruptedException {
        var file = of(entry);
        var end = offset + target.remaining();
        return reader.read(entries.get(entry), content -> {
            catchUp(file, content);
            var stretch = encrypt(file, content, end, (bytes, length) -> target.put(bytes, 0, length));
            file.position = end;
            return stretch;
        });
    }

    @Override
    public void skip(int entry, Fragment fragment) {
        var file = of(entry);
        file.skippedCrc = Checksums.crc32Combine(file.skippedCrc, fragment.crc32(), fragment.length());
        file.position += fragment.length();
    }

    @Override
    public byte[] seal(int entry) throws ArchiveException, InterruptedException {
        var file = of(entry);
        var known = file.seal;
        if (known != null) {
            return known;
        }
        if (file.authenticated < file.position) {
            reader.read(entries.get(entry), content -> catchUp(file, content));
        }
        var seal = ZipEncryption.Keys.code(tools(file).mac());
        file.seal = seal;
        return seal;
    }

    private Progress of(int entry) {
        var current = progress;
        if (current == null || current.entry != entry) {
            current = new Progress(entry);
            progress = current;
        }
        return current;
    }

    /// Made late, because a file that is skipped needs none.
    private Tools tools(Progress file) {
        var made = file.tools;
        if (made == null) {
            var keys = encryption.keys(file.entry);
            made = new Tools(keys.cipher(), keys.mac());
            file.tools = made;
        }
        return made;
    }

    private long catchUp(Progress file, Content content) throws IOException {
        if (file.authenticated < file.position) {
            var again = encrypt(file, content, file.position, (bytes, length) -> {});
            if (again.crc32() != file.skippedCrc) {
                throw ArchiveException.changed(
                        entries.get(file.entry).name(),
                        "its content differs from what was already sent; start the pack afresh");
            }
            file.skippedCrc = 0;
        }
        return file.authenticated;
    }

    private Stretch encrypt(Progress file, Content content, long end, Output output) throws IOException {
        var tools = tools(file);
        var crc = new CRC32();
        var plainCrc = new CRC32();
        var from = file.authenticated;
        while (file.authenticated < end) {
            var length = (int) Math.min(bite.length, end - file.authenticated);
            content.fill(file.authenticated, ByteBuffer.wrap(bite, 0, length), plainCrc);
            tools.cipher().apply(bite, length, file.authenticated);
            tools.mac().update(bite, 0, length);
            crc.update(bite, 0, length);
            output.take(bite, length);
            file.authenticated += length;
        }
        var plainLength = (int) (end - from);
        return new Stretch((int) crc.getValue(), new Fragment.Encrypted(plainLength, (int) plainCrc.getValue(), 0, 0));
    }
}
