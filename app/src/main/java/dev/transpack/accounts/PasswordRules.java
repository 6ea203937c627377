package dev.transpack.accounts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// What a password must be. Length is what counts (NIST SP 800-63B, 3.1.1.2): no rules about digits and signs.
final class PasswordRules {
    static final int LEAST = 10;
    static final int MOST = 1_000;

    private PasswordRules() {}

    /// The sentence that says what is wrong with it, if anything is.
    static Optional<String> problem(String name, String password) {
        if (password.codePointCount(0, password.length()) < LEAST)
            return Optional.of("The password needs at least " + LEAST + " characters: a few words in a row are easy to"
                    + " remember and hard to guess.");
        if (password.length() > MOST)
            return Optional.of("The password is longer than " + MOST + " characters: shorten it.");
        if (normal(password).toLowerCase(Locale.ROOT).equals(name))
            return Optional.of("The password must not be the name: choose another.");
        if (password.codePoints().distinct().count() < 3)
            return Optional.of("The password repeats the same character: choose another.");
        return Optional.empty();
    }

    /// The same text typed on another system's keyboard is the same password.
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
