package dev.transpack.command;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.Role;
import dev.transpack.settings.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `transpack user`: the accounts, straight from the database.
@Command(
        name = "user",
        description = "Accounts: who may sign in. Works on the database, with or without a running server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(add|list|passwd|disable|enable)")
final class UserCommand implements Runnable {
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
        try (var desk = AccountDesk.open(settings)) {
            var account = AccountDesk.done(desk.accounts().create(name, role, secret, given.isEmpty(), desk.me()));
            show(account, given, secret);
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(description = "Lists the accounts.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "For machines.") boolean json) {
        try (var desk = AccountDesk.open(settings)) {
            var accounts = desk.accounts().list();
            if (json) out().println(JsonMapper.shared().writeValueAsString(accounts));
            else accounts.forEach(this::showLine);
        }
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(description = "Sets an account's password and ends its sessions.", mixinStandardHelpOptions = true)
    int passwd(@Parameters(paramLabel = "NAME") String name, @Mixin PasswordOption password) throws IOException {
        var given = password.read();
        var secret = given.orElseGet(Accounts::oneTimePassword);
        try (var desk = AccountDesk.open(settings)) {
            var account = desk.named(name);
            AccountDesk.done(desk.accounts().resetPassword(account, secret, given.isEmpty(), desk.me()));
            show(account, given, secret);
        }
        return CommandLine.ExitCode.OK;
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
        try (var desk = AccountDesk.open(settings)) {
            AccountDesk.done(desk.accounts().setDisabled(desk.named(name), disabled, desk.me()));
        }
        return CommandLine.ExitCode.OK;
    }

    /// A password that was given is known already.
    private void show(Account account, Optional<Secret> given, Secret secret) {
        out().println("user: " + account.name());
        if (given.isEmpty()) out().println("password: " + secret.reveal());
        out().flush();
    }

    private void showLine(Account account) {
        out().printf(
                        "%-24s %-14s %-9s %s%n",
                        account.name(),
                        account.role().name().toLowerCase(Locale.ROOT),
                        account.disabled() ? "disabled" : "",
                        account.lastLoginAt() == null ? "never signed in" : "signed in " + account.lastLoginAt());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
