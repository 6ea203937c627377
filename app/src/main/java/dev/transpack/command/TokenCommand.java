package dev.transpack.command;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.ApiToken;
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

/// `transpack token`: the API's tokens, straight from the database.
@Command(
        name = "token",
        description = "API tokens. Works on the database, with or without a running server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(create|list|revoke)")
final class TokenCommand implements Runnable {
    private static final Table<ApiToken> TABLE = Table.<ApiToken>empty()
            .column("ID", ApiToken::id)
            .column("USER", ApiToken::account)
            .column("USED", token -> Cells.minute(token.lastUsedAt(), "never"))
            .column("EXPIRES", token -> Cells.minute(token.expiresAt(), "never"))
            .column("REVOKED", token -> Cells.minute(token.revokedAt(), "-"))
            .column("NAME", ApiToken::name);

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
        return AccountDesk.work(settings, desk -> {
            var owner = user == null ? firstAdministrator(desk) : desk.named(user);
            var made = desk.tokens().create(owner, name, time, desk.me());
            spec.commandLine().getOut().println(made.text().reveal());
            spec.commandLine().getOut().flush();
        });
    }

    @Command(description = "Lists the tokens; their text is not known.", mixinStandardHelpOptions = true)
    int list(@Mixin Output output) {
        return AccountDesk.work(settings, desk -> output.list(desk.tokens().list(), TABLE, "There is no token yet."));
    }

    @Command(description = "Ends a token at once.", mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "ID", description = "As the list shows it.") String id) {
        return AccountDesk.work(settings, desk -> {
            if (!desk.tokens().revoke(id, desk.me()))
                throw new CommandRefused("There is no such token: transpack token list shows them all.");
        });
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
}
