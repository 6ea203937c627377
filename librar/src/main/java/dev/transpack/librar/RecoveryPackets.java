package dev.transpack.librar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The packets of a PAR2 set of one file (Parity Volume Set Specification 2.0), each a multiple of 4 bytes.
final class RecoveryPackets {
    private static final int HEAD = 64;
    private static final int MD5 = 16;
    private static final byte[] MAGIC = ascii("PAR2\0PKT");
    private static final byte[] MAIN = ascii("PAR 2.0\0Main\0\0\0\0");
    private static final byte[] DESCRIPTION = ascii("PAR 2.0\0FileDesc");
    private static final byte[] CHECKSUMS = ascii("PAR 2.0\0IFSC\0\0\0\0");
    private static final byte[] SLICE = ascii("PAR 2.0\0RecvSlic");
    private static final byte[] CREATOR = ascii("PAR 2.0\0Creator\0");
    /// Without a version: the bytes of a set stay the same.
    private static final byte[] US = ascii("Transpack");

    private final byte[] setId;
    private final byte[] common;

    /// The packets of a set, but for its slices.
    ///
    /// @param whole MD5 of the volume
    /// @param first16k MD5 of its first 16 KiB
    /// @param sliceChecksums MD5 and CRC32 of each of its slices
    RecoveryPackets(RecoverySet set, byte[] whole, byte[] first16k, byte[] sliceChecksums) {
        var name = set.utf8Name();
        var fileId = digest(new ByteWriter()
                .bytes(first16k)
                .u64(set.volumeLength())
                .bytes(name)
                .toArray());
        var main = new ByteWriter().u64(set.sliceSize()).u32(1).bytes(fileId).toArray();
        setId = digest(main);
        var description = new ByteWriter()
                .bytes(fileId)
                .bytes(whole)
                .bytes(first16k)
                .u64(set.volumeLength())
                .bytes(padded(name))
                .toArray();
        var checksums = new ByteWriter().bytes(fileId).bytes(sliceChecksums).toArray();
        common = new ByteWriter()
                .bytes(packet(MAIN, main))
                .bytes(packet(DESCRIPTION, description))
                .bytes(packet(CHECKSUMS, checksums))
                .bytes(packet(CREATOR, padded(US)))
                .toArray();
    }

    static long mainLength() {
        return HEAD + 8L + 4 + MD5;
    }

    static long descriptionLength(byte[] name) {
        return HEAD + 3L * MD5 + 8 + padded(name).length;
    }

    static long checksumsLength(int slices) {
        return HEAD + MD5 + slices * (MD5 + 4L);
    }

    static long creatorLength() {
        return (long) HEAD + padded(US).length;
    }

    static long sliceLength(long sliceSize) {
        return HEAD + 4 + sliceSize;
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /// All packets but the slices: the whole index, and the beginning of the other file.
    byte[] common() {
        return common.clone();
    }

    /// What stands before the data of a recovery slice.
    byte[] beforeSlice(int exponent, byte[] data) {
        var number = new ByteWriter().u32(exponent).toArray();
        return new ByteWriter().bytes(head(SLICE, number, data)).bytes(number).toArray();
    }

    private byte[] packet(byte[] type, byte[] body) {
        return new ByteWriter().bytes(head(type, body)).bytes(body).toArray();
    }

    /// The digest covers what stands behind it: the set's id, the type and the body.
    private byte[] head(byte[] type, byte[]... body) {
        var md5 = newMd5();
        md5.update(setId);
        md5.update(type);
        var length = (long) HEAD;
        for (var piece : body) {
            md5.update(piece);
            length += piece.length;
        }
        return new ByteWriter()
                .bytes(MAGIC)
                .u64(length)
                .bytes(md5.digest())
                .bytes(setId)
                .bytes(type)
                .toArray();
    }

    private static byte[] padded(byte[] text) {
        return Arrays.copyOf(text, Math.ceilDiv(text.length, 4) * 4);
    }

    private static byte[] digest(byte[] bytes) {
        return newMd5().digest(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
