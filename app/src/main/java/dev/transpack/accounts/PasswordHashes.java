package dev.transpack.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Argon2id with the parameters of the OWASP Password Storage Cheat Sheet (19 MiB, two passes, one lane). Each hash
/// takes
/// that memory, so only a few run at once; whoever waits too long is told to come back.
final class PasswordHashes {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final Supplier<String> nobody = remembered(() -> hash(RandomText.bits256()));

    /// @throws IllegalStateException when too many are hashed at once
    String hash(String password) {
        return bounded(() -> String.valueOf(encoder.encode(PasswordRules.normal(password))))
                .orElseThrow(() -> new IllegalStateException("Too many passwords are being checked: try again."));
    }

    /// Whether the password fits; takes as long when there is no hash to fit. Empty when too many are checked at once.
    Optional<Boolean> matches(String password, @Nullable String hash) {
        var shortened = password.length() > PasswordRules.MOST ? password.substring(0, PasswordRules.MOST) : password;
        var whole = shortened.length() == password.length();
        var against = hash == null ? nobody.get() : hash;
        return bounded(() -> encoder.matches(PasswordRules.normal(shortened), against))
                .map(fits -> fits && whole && hash != null);
    }

    /// Whether the hash was made with weaker parameters than today's.
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> Optional<T> bounded(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            permits.release();
        }
    }

    private static Supplier<String> remembered(Supplier<String> make) {
        return new Supplier<>() {
            private volatile @Nullable String made;

            @Override
            public String get() {
                var known = made;
                if (known != null) return known;
                known = make.get();
                made = known;
                return known;
            }
        };
    }
}
