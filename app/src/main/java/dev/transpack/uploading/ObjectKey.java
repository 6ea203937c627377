package dev.transpack.uploading;

import dev.transpack.packing.PackId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The name of an object within its bucket: `<prefix>/<pack-id>/<name>`. Keys are made here and nowhere else, so every
/// key we delete is one that we could have made.
///
/// @param value at most 1,024 bytes of UTF-8; no empty, `.` or `..` component, which clients and proxies would resolve
public record ObjectKey(String value) {
    private static final int LONGEST = 1024;
    private static final String MANIFEST = "manifest.json";

    /// Refuses what is not a key.
    public ObjectKey {
        problem(value).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /// The key of a pack's object.
    ///
    /// @param prefix what all keys of the destination begin with; may be empty, and may hold slashes
    /// @param pack the pack's id
    /// @param name the volume's name; slashes in it are folders
    public static ObjectKey of(String prefix, String pack, String name) {
        return new ObjectKey(start(prefix) + pack + "/" + name);
    }

    /// What all keys with this prefix begin with: nothing, or folders with a slash behind them.
    public static String start(String prefix) {
        var start = trimmed(prefix);
        return start.isEmpty() ? "" : start + "/";
    }

    /// The pack that a key is of, if it is of the shape that all of ours have.
    ///
    /// @param start see [#start]
    public static Optional<String> packOf(String start, String key) {
        if (!key.startsWith(start)) return Optional.empty();
        var behind = key.substring(start.length());
        var slash = behind.indexOf('/');
        if (slash < 0 || slash == behind.length() - 1) return Optional.empty();
        return Optional.of(behind.substring(0, slash))
                .filter(PackId::isOne)
                .filter(_ -> problem(key).isEmpty());
    }

    /// The key of the manifest that seals a pack.
    public static ObjectKey manifest(String prefix, String pack) {
        return of(prefix, pack, MANIFEST);
    }

    /// The key of another object of the same pack, in the folder this one lies in: a prefix that was changed in the
    /// settings since then counts only for packs begun since then.
    ///
    /// @param pack the pack's id, a component of this key
    ObjectKey beside(String pack, String name) {
        var at = ("/" + value).indexOf("/" + pack + "/");
        if (at < 0) throw new IllegalArgumentException(value + " is no key of pack " + pack);
        return new ObjectKey(value.substring(0, at) + pack + "/" + name);
    }

    /// The key of the manifest of this object's pack.
    ObjectKey manifestBeside(String pack) {
        return beside(pack, MANIFEST);
    }

    /// What comes after the last slash.
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> problem(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST)
            return Optional.of("the key is longer than " + LONGEST + " bytes: choose a shorter prefix or name: " + key);
        if (key.chars().anyMatch(Character::isISOControl))
            return Optional.of("an object key holds no control characters: " + key);
        return Arrays.stream(key.split("/", -1)).anyMatch(ObjectKey::isNoComponent)
                ? Optional.of("not an object key: " + key)
                : Optional.empty();
    }

    private static boolean isNoComponent(String component) {
        return component.isEmpty() || component.equals(".") || component.equals("..");
    }

    private static String trimmed(String prefix) {
        return String.join(
                "/",
                Arrays.stream(prefix.split("/", -1))
                        .filter(part -> !part.isEmpty())
                        .toList());
    }
}
