package dev.transpack.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// What a session keeps, as bytes. Only plain Java values and the web framework's one-time messages are read back;
/// whatever an older or newer version left that cannot be read counts as not there, and nobody is signed out by it.
final class SessionValues {
    private static final ObjectInputFilter ALLOWED = ObjectInputFilter.Config.createFilter(
            "maxdepth=8;maxrefs=1000;maxbytes=65536;maxarray=65536;java.lang.*;java.util.*;java.util.concurrent.*;java.time.*;"
                    + "org.springframework.web.servlet.FlashMap;org.springframework.util.LinkedMultiValueMap;"
                    + "org.springframework.util.MultiValueMapAdapter;!*");

    private SessionValues() {}

    static byte[] write(Object value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException("A session keeps only values that can be written", e);
        }
        return bytes.toByteArray();
    }

    static @Nullable Object read(byte[] bytes) {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ALLOWED);
            return in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            // Left by another version: as if it had never been kept.
            return null;
        }
    }
}
