package dev.transpack.sharing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// What opens a link: 192 random bits, safe in an address. Whoever has it may fetch the pack, so it prints as `***`
/// and is never logged; only [#reveal] gives it out. Any text somebody asks with is a token too, a wrong one.
public final class LinkToken {
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String value;

    public LinkToken(String value) {
        this.value = value;
    }

    static LinkToken random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The token itself, for the address that it is part of.
    public String reveal() {
        return value;
    }

    /// What rows know it by. Random tokens need no salt and no slow digest.
    String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
