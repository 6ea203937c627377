package dev.transpack.accounts;

import dev.transpack.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Attempts to sign in: throttled, recorded, and equally slow whether the account exists or not.
public final class SignIns {
    private static final Duration WHEN_BUSY = Duration.ofSeconds(10);

    private final AccountRows rows;
    private final PasswordHashes hashes;
    private final Throttle throttle;
    private final Database database;
    private final Audit audit;
    private final InstantSource clock;
    private final TokenGuesses tokens;

    public SignIns(Accounts accounts, Database database, Audit audit, InstantSource clock) {
        this.rows = accounts.rows();
        this.hashes = accounts.hashes();
        this.throttle = accounts.throttle();
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.tokens = new TokenGuesses(clock);
    }

    /// One attempt. The name that was typed is recorded only when there is such an account: people type passwords
    /// there.
    ///
    /// @param address the client's address, counted against
    public SignIn attempt(String typedName, String password, String address) {
        var name = AccountName.of(typedName);
        var network = Throttle.network(address);
        var account = pair(name.map(AccountName::value).orElse(Hash.sha256(typedName)), network);
        var wait =
                throttle.take(Throttle.Limit.ACCOUNT, account).or(() -> throttle.take(Throttle.Limit.ADDRESS, network));
        if (wait.isPresent()) return new SignIn.Throttled(wait.get());

        var row = name.flatMap(rows::named).orElse(null);
        var fits = hashes.matches(password, row == null ? null : row.passwordHash());
        if (fits.isEmpty()) return new SignIn.Throttled(WHEN_BUSY);
        if (row == null || !fits.get()) return wrong(row, address);
        throttle.forget(Throttle.Limit.ACCOUNT, account);
        throttle.giveBack(Throttle.Limit.ADDRESS, network);
        return row.account().disabled() ? disabled(row, address) : accepted(row, password, address);
    }

    /// Records that somebody signed out.
    public void signedOut(Account account, String address) {
        audit.record(account.name(), "sign-out", account.name(), address);
    }

    /// Counts an API token that is none against its address.
    ///
    /// @return how long to wait, when there were too many
    public Optional<Duration> badToken(String address) {
        return tokens.count(Throttle.network(address));
    }

    static String pair(String name, String network) {
        return name + "\n" + network;
    }

    private SignIn wrong(AccountRows.@Nullable Row row, String address) {
        var subject = row == null ? "(no such account)" : row.account().name();
        audit.record("", "sign-in-failed", subject, address);
        return new SignIn.Wrong();
    }

    private SignIn disabled(AccountRows.Row row, String address) {
        audit.record("", "sign-in-disabled", row.account().name(), address);
        return new SignIn.Disabled();
    }

    private SignIn accepted(AccountRows.Row row, String password, String address) {
        var account = row.account();
        var renewed = hashes.isOutdated(row.passwordHash()) ? hashes.hash(password) : null;
        database.inTransaction(() -> {
            if (renewed != null) rows.renewHash(account.id(), renewed);
            rows.setLastLogin(account.id(), clock.instant());
            audit.record(account.name(), "sign-in", account.name(), address);
        });
        return new SignIn.Accepted(account);
    }
}
