package dev.transpack.command;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `transpack user`: the accounts, straight from the database.
@Command(
        name = "user",
        description = "Accounts: who may sign in. Works on the database, with or without a running server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(add|list|passwd|disable|enable)")
final class UserCommand implements Runnable {
    private static final Table<Account> TABLE = Table.<Account>empty()
            .column("NAME", Account::name)
            .column("ROLE", account -> Word.of(account.role()))
            .column("STATE", account -> account.disabled() ? "disabled" : "works")
            .column("SIGNED IN", account -> Cells.minute(account.lastLoginAt(), "never"));

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say which: add, list, passwd, disable or enable.");
    }

    @Command(description = "Makes an account.", mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--role", defaultValue = "member", description = "administrator or member (the default).")
                    Role role,
            @Mixin PasswordOption password)
            throws IOException {
        var given = password.read();
        var secret = given.orElseGet(Accounts::oneTimePassword);
        return AccountDesk.work(settings, desk -> {
            var account = AccountDesk.done(desk.accounts().create(name, role, secret, given.isEmpty(), desk.me()));
            show(account, given, secret);
        });
    }

    @Command(description = "Lists the accounts.", mixinStandardHelpOptions = true)
    int list(@Mixin Output output) {
        return AccountDesk.work(
                settings, desk -> output.list(desk.accounts().list(), TABLE, "There is no account yet."));
    }

    @Command(description = "Sets an account's password and ends its sessions.", mixinStandardHelpOptions = true)
    int passwd(@Parameters(paramLabel = "NAME") String name, @Mixin PasswordOption password) throws IOException {
        var given = password.read();
        var secret = given.orElseGet(Accounts::oneTimePassword);
        return AccountDesk.work(settings, desk -> {
            var account = desk.named(name);
            AccountDesk.done(desk.accounts().resetPassword(account, secret, given.isEmpty(), desk.me()));
            show(account, given, secret);
        });
    }

    @Command(description = "Disables an account: its sessions and tokens end at once.", mixinStandardHelpOptions = true)
    int disable(@Parameters(paramLabel = "NAME") String name) {
        return setDisabled(name, true);
    }

    @Command(description = "Lets a disabled account in again.", mixinStandardHelpOptions = true)
    int enable(@Parameters(paramLabel = "NAME") String name) {
        return setDisabled(name, false);
    }

    private int setDisabled(String name, boolean disabled) {
        return AccountDesk.work(
                settings, desk -> AccountDesk.done(desk.accounts().setDisabled(desk.named(name), disabled, desk.me())));
    }

    /// A password that was given is known already.
    private void show(Account account, Optional<Secret> given, Secret secret) {
        var out = spec.commandLine().getOut();
        out.println("user: " + account.name());
        if (given.isEmpty()) out.println("password: " + secret.reveal());
        out.flush();
    }
}
