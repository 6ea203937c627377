package dev.transpack.command;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.AccountChange;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.ApiTokens;
import dev.transpack.accounts.Audit;
import dev.transpack.accounts.Who;
import dev.transpack.database.Database;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/// Accounts and tokens as commands reach them: in the database the settings name, whether a server runs or not.
final class AccountDesk implements AutoCloseable {
    private final Database database;
    private final Accounts accounts;
    private final ApiTokens tokens;

    private AccountDesk(Database database) {
        var clock = InstantSource.system();
        var audit = new Audit(database, clock);
        this.database = database;
        this.accounts = new Accounts(database, audit, clock);
        this.tokens = new ApiTokens(database, audit, clock);
    }

    private static AccountDesk open(SettingsOption settings) {
        return new AccountDesk(
                Database.open(AppSettings.read(settings.source(Map.of())).database()));
    }

    /// Opens it for one piece of work.
    ///
    /// @return the exit code
    static int work(SettingsOption settings, Consumer<AccountDesk> work) {
        try (var desk = open(settings)) {
            work.accept(desk);
        }
        return CommandLine.ExitCode.OK;
    }

    Accounts accounts() {
        return accounts;
    }

    ApiTokens tokens() {
        return tokens;
    }

    Who me() {
        return Who.local();
    }

    /// @throws CommandRefused when nobody is called that
    Account named(String name) {
        return accounts.named(name)
                .orElseThrow(() ->
                        new CommandRefused("There is no account of that name: transpack user list shows them all."));
    }

    /// @throws CommandRefused with the sentence that says why not
    static Account done(AccountChange change) {
        return switch (change) {
            case AccountChange.Done(var account) -> account;
            case AccountChange.Refused(var why) -> throw new CommandRefused(why);
        };
    }

    @Override
    public void close() {
        database.close();
    }
}
