package dev.transpack.packing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/// Ids of packs: the folder of their objects. No title stands in one, and nobody can guess one.
public final class PackId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 128;
    private static final int RADIX = 36;
    private static final int LENGTH = 25;

    private static final Pattern FORM = Pattern.compile("[0-9a-z]{25}");

    private PackId() {}

    /// Whether a text may be one.
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /// A new one: 25 letters and digits.
    public static String random() {
        var id = new BigInteger(BITS, RANDOM).toString(RADIX);
        return "0".repeat(LENGTH - id.length()) + id;
    }
}
