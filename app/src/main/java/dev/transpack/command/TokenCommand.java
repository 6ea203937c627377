package dev.transpack.command;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.ApiToken;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `transpack token`: the API's tokens, straight from the database.
@Command(
        name = "token",
        description = "API tokens. Works on the database, with or without a running server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(create|list|revoke)")
final class TokenCommand implements Runnable {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([hd])");

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SettingsOption settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say which: create, list or revoke.");
    }

    @Command(description = "Makes a token and shows it, this once.", mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for, such as laptop.") String name,
            @Option(names = "--user", paramLabel = "NAME", description = "Whom it acts for; the first administrator.")
                    @Nullable
                    String user,
            @Option(names = "--expires-in", paramLabel = "TIME", description = "Such as 12h or 90d; else never.")
                    @Nullable
                    String expiresIn) {
        var time = expiresIn == null ? null : time(expiresIn);
        try (var desk = AccountDesk.open(settings)) {
            var owner = user == null ? firstAdministrator(desk) : desk.named(user);
            var made = desk.tokens().create(owner, name, time, desk.me());
            out().println(made.text().reveal());
            out().flush();
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(description = "Lists the tokens; their text is not known.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "For machines.") boolean json) {
        try (var desk = AccountDesk.open(settings)) {
            var tokens = desk.tokens().list();
            if (json) out().println(JsonMapper.shared().writeValueAsString(tokens));
            else tokens.forEach(this::showLine);
        }
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(description = "Ends a token at once.", mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "ID", description = "As the list shows it.") String id) {
        try (var desk = AccountDesk.open(settings)) {
            if (!desk.tokens().revoke(id, desk.me()))
                throw new CommandRefused("There is no such token: transpack token list shows them all.");
        }
        return CommandLine.ExitCode.OK;
    }

    private Duration time(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches())
            throw new CommandLine.ParameterException(spec.commandLine(), "--expires-in: write hours or days, as 90d.");
        var count = Long.parseLong(parts.group(1));
        return parts.group(2).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count);
    }

    private static Account firstAdministrator(AccountDesk desk) {
        return desk.accounts().list().stream()
                .filter(account -> account.isAdministrator() && !account.disabled())
                .findFirst()
                .orElseThrow(() -> new CommandRefused("There is no administrator yet: start the server once, or make"
                        + " one with transpack user add --role administrator."));
    }

    private void showLine(ApiToken token) {
        out().printf("%s  %-16s %-24s %s%n", token.id(), token.account(), token.name(), state(token));
    }

    private static String state(ApiToken token) {
        if (token.revokedAt() != null) return "revoked " + token.revokedAt();
        var used = token.lastUsedAt() == null ? "never used" : "used " + token.lastUsedAt();
        return token.expiresAt() == null ? used : used + ", ends " + token.expiresAt();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
