package dev.transpack.accounts;

import dev.transpack.database.Database;
import dev.transpack.settings.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The accounts of this installation, in the database. Every change is in the audit trail, and what a change takes away
/// is gone at once: a disabled account's sessions and tokens end, a changed password ends the sessions it began.
public final class Accounts {
    private static final String FIRST_NAME = "admin";

    private final Database database;
    private final AccountRows rows;
    private final PasswordHashes hashes = new PasswordHashes();
    private final Throttle throttle;
    private final Audit audit;
    private final InstantSource clock;

    public Accounts(Database database, Audit audit, InstantSource clock) {
        this.database = database;
        this.rows = new AccountRows(database);
        this.throttle = new Throttle(database, clock);
        this.audit = audit;
        this.clock = clock;
    }

    /// Makes the first administrator when there is none.
    ///
    /// @return the password to show, this once; empty when there is an administrator already
    public Optional<FirstPassword> firstAdministrator() {
        if (rows.all().stream().anyMatch(Account::isAdministrator)) return Optional.empty();
        var password = RandomText.password();
        var account = fresh(new AccountName(FIRST_NAME), Role.ADMINISTRATOR, true);
        var hash = hashes.hash(password);
        boolean made = database.inTransaction(() -> {
            if (rows.hasAdministrator() || !rows.insert(account, hash)) return false;
            audit.record("", "account-made", account.name(), Audit.LOCAL);
            return true;
        });
        return made ? Optional.of(new FirstPassword(account.name(), new Secret(password))) : Optional.empty();
    }

    /// A password for an account whose owner will choose their own.
    public static Secret oneTimePassword() {
        return new Secret(RandomText.password());
    }

    /// Makes an account.
    ///
    /// @param by the name of who makes it
    /// @param mustChange whether the password is good for the first sign-in only
    public AccountChange create(String typedName, Role role, Secret password, boolean mustChange, Who by) {
        var name = AccountName.of(typedName);
        if (name.isEmpty()) return new AccountChange.Refused(AccountName.RULE);
        var problem = PasswordRules.problem(name.get().value(), password.reveal());
        if (problem.isPresent()) return new AccountChange.Refused(problem.get());
        var account = fresh(name.get(), role, mustChange);
        var hash = hashes.hash(password.reveal());
        return database.inTransaction(() -> {
            if (role != Role.ADMINISTRATOR && !rows.hasAdministrator())
                return new AccountChange.Refused("The first account must be an administrator.");
            if (!rows.insert(account, hash))
                return new AccountChange.Refused("There is an account named " + account.name() + " already.");
            audit.record(by.name(), "account-made", account.name(), by.address());
            return new AccountChange.Done(account);
        });
    }

    /// Every account, oldest first.
    public List<Account> list() {
        return rows.all();
    }

    public Optional<Account> find(String id) {
        return rows.find(id).map(AccountRows.Row::account);
    }

    /// The account of that name, however its letters are written.
    public Optional<Account> named(String typedName) {
        return AccountName.of(typedName).flatMap(rows::named).map(AccountRows.Row::account);
    }

    /// A person changes their own password. Ends all their other sessions.
    ///
    /// @param session the session that goes on, by its id
    public AccountChange changePassword(
            Account account, Secret current, Secret chosen, String session, String address) {
        var row = rows.find(account.id()).orElse(null);
        if (row == null) return new AccountChange.Refused("This account is gone.");
        var key = SignIns.pair(account.name(), Throttle.network(address));
        var wait = throttle.take(Throttle.Limit.ACCOUNT, key);
        if (wait.isPresent()) return tooMany(wait.get());
        if (!hashes.matches(current.reveal(), row.passwordHash()).orElse(false))
            return new AccountChange.Refused("The current password is wrong.");
        throttle.forget(Throttle.Limit.ACCOUNT, key);
        if (PasswordRules.normal(current.reveal()).equals(PasswordRules.normal(chosen.reveal())))
            return new AccountChange.Refused("The new password is the old one: choose another.");
        return setPassword(account, chosen, false, session, new Who(account.name(), address));
    }

    /// Sets an account's password without knowing the old one, as an administrator does. Ends all its sessions.
    public AccountChange resetPassword(Account account, Secret chosen, boolean mustChange, Who by) {
        return setPassword(account, chosen, mustChange, "", by);
    }

    /// Disables or enables an account. Disabled, its sessions end at once and its tokens are refused.
    public AccountChange setDisabled(Account account, boolean disabled, Who by) {
        return database.inTransaction(() -> {
            if (disabled && account.isAdministrator() && !rows.hasOtherAdministrator(account.id()))
                return new AccountChange.Refused("This is the last administrator: make another one first.");
            rows.setDisabled(account.id(), disabled);
            if (disabled) rows.endSessions(account.id(), "");
            audit.record(by.name(), disabled ? "account-disabled" : "account-enabled", account.name(), by.address());
            return new AccountChange.Done(account);
        });
    }

    AccountRows rows() {
        return rows;
    }

    PasswordHashes hashes() {
        return hashes;
    }

    Throttle throttle() {
        return throttle;
    }

    private AccountChange setPassword(Account account, Secret chosen, boolean mustChange, String session, Who by) {
        var problem = PasswordRules.problem(account.name(), chosen.reveal());
        if (problem.isPresent()) return new AccountChange.Refused(problem.get());
        var hash = hashes.hash(chosen.reveal());
        return database.inTransaction(() -> {
            rows.setPassword(account.id(), hash, mustChange);
            rows.endSessions(account.id(), session);
            audit.record(by.name(), "password-changed", account.name(), by.address());
            return new AccountChange.Done(account);
        });
    }

    private Account fresh(AccountName name, Role role, boolean mustChange) {
        return new Account(UUID.randomUUID().toString(), name.value(), role, mustChange, false, clock.instant(), null);
    }

    private static AccountChange tooMany(Duration wait) {
        return new AccountChange.Refused("Too many attempts: try again in " + Waits.inWords(wait) + ".");
    }
}
