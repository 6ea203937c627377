package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A `.torrent` file: never more than "not of that hash", and always found where the `info` dictionary is one.
public final class TorrentFileFuzz {
    private static final InfoHash OTHER = new InfoHash("0".repeat(40));

    private TorrentFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        assertThat(Metainfo.belongsTo(OTHER, input)).isFalse();
        var torrent = new ByteArrayOutputStream();
        torrent.writeBytes("d8:announce3:abc4:info".getBytes(StandardCharsets.US_ASCII));
        torrent.writeBytes(input);
        torrent.write('e');
        var found = Metainfo.belongsTo(hash(input), torrent.toByteArray());
        if (new Strict(input).isOneValue()) assertThat(found).isTrue();
    }

    private static InfoHash hash(byte[] info) throws Exception {
        return new InfoHash(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(info)));
    }

    /// BEP 3 to the letter, as far as the fuzzer has to know it.
    private static final class Strict {
        private final String text;
        private int at;

        Strict(byte[] bytes) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }

        boolean isOneValue() {
            return value(0) && at == text.length();
        }

        private boolean value(int depth) {
            if (at >= text.length() || depth > 40) return false;
            var kind = text.charAt(at);
            if (kind == 'i') return skip("i(0|-?[1-9][0-9]{0,30})e.*");
            if (kind != 'l' && kind != 'd') return string();
            at++;
            while (at < text.length() && text.charAt(at) != 'e') {
                if (kind == 'd' && !string()) return false;
                if (!value(depth + 1)) return false;
            }
            return at++ < text.length();
        }

        private boolean skip(String form) {
            var found = java.util.regex.Pattern.compile(form, java.util.regex.Pattern.DOTALL)
                    .matcher(text.substring(at));
            if (!found.matches()) return false;
            at += found.end(1) + 1;
            return true;
        }

        private boolean string() {
            var start = at;
            if (!skip("(0|[1-9][0-9]{0,6}):.*")) return false;
            at += Integer.parseInt(text.substring(start, at - 1));
            return at <= text.length();
        }
    }
}
