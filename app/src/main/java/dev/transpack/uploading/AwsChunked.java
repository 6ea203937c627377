package dev.transpack.uploading;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32C;

/// A body with a checksum behind it, as current SDKs send one by default (Amazon S3 API Reference, "Transmitting
/// payloads with trailing checksums"): only to see whether a server understands it.
final class AwsChunked {
    static final String CRC32C = "x-amz-checksum-crc32c";
    private static final String UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private AwsChunked() {}

    static Map<String, String> headers(byte[] content) {
        return Map.of(
                "Content-Encoding",
                "aws-chunked",
                "x-amz-decoded-content-length",
                Integer.toString(content.length),
                "x-amz-trailer",
                CRC32C);
    }

    static PartBody body(byte[] content) {
        var framed = new ByteArrayOutputStream();
        framed.writeBytes(ascii(Integer.toHexString(content.length) + "\r\n"));
        framed.writeBytes(content);
        framed.writeBytes(ascii("\r\n0\r\n" + CRC32C + ":" + crc32c(ByteBuffer.wrap(content)) + "\r\n\r\n"));
        return new PartBody(ByteBuffer.wrap(framed.toByteArray()), UNSIGNED, PartBody.Pace.UNLIMITED);
    }

    /// As the header has it.
    static String crc32c(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate());
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
