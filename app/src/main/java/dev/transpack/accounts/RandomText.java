package dev.transpack.accounts;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Text that cannot be guessed.
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();
    /// Without the characters that look alike (0 o, 1 i l).
    private static final String CLEAR = "abcdefghjkmnpqrstuvwxyz23456789";

    private RandomText() {}

    static String bits256() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// 99 bits to be typed by a person: four groups of five.
    static String password() {
        return IntStream.range(0, 4).mapToObj(n -> group()).collect(Collectors.joining("-"));
    }

    private static String group() {
        return RANDOM.ints(5, 0, CLEAR.length())
                .mapToObj(n -> String.valueOf(CLEAR.charAt(n)))
                .collect(Collectors.joining());
    }
}
