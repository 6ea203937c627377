package dev.transpack.accounts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an account, in the one form it is stored and compared in: lower case, no look-alike variants of width or
/// composition, nothing that a page, a terminal or a log could take for more than a name.
record AccountName(String value) {
    static final String RULE =
            "A name has 1 to 64 letters, digits, spaces or any of . _ - @ + and begins with a letter or digit.";
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} ._@+-]{0,63}");
    private static final int LONGEST_TYPED = 200;

    /// Empty when what was typed cannot be a name.
    static Optional<AccountName> of(String typed) {
        if (typed.length() > LONGEST_TYPED) return Optional.empty();
        var name = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return ALLOWED.matcher(name).matches() ? Optional.of(new AccountName(name)) : Optional.empty();
    }
}
