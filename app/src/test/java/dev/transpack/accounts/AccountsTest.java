package dev.transpack.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.fixtures.PostgresServer;
import dev.transpack.settings.Secret;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AccountsTest {
    enum Kind {
        SQLITE,
        POSTGRES
    }

    private static final Who BOSS = new Who("admin", "10.0.0.1");
    private static final String GOOD = "correct horse battery";
    private static final String HERE = "192.0.2.7";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final InstantSource clock = () -> now;
    private Database database;
    private Audit audit;
    private Accounts accounts;
    private ApiTokens tokens;
    private SignIns signIns;

    private void open(Kind kind) {
        database = Database.open(
                kind == Kind.SQLITE ? DatabaseSettings.file(folder.resolve("t.db")) : PostgresServer.newDatabase());
        audit = new Audit(database, clock);
        accounts = new Accounts(database, audit, clock);
        tokens = new ApiTokens(database, audit, clock);
        signIns = new SignIns(accounts, database, audit, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void theFirstAdministratorIsMadeOnceWithAPasswordForOneTime(Kind kind) {
        open(kind);
        var first = accounts.firstAdministrator().orElseThrow();
        assertThat(accounts.firstAdministrator()).isEmpty();
        assertThat(first.user()).isEqualTo("admin");
        assertThat(first.password().reveal()).matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}");
        assertThat(signIns.attempt("admin", first.password().reveal(), HERE))
                .isInstanceOfSatisfying(SignIn.Accepted.class, in -> {
                    assertThat(in.account().mustChangePassword()).isTrue();
                    assertThat(in.account().isAdministrator()).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource
    void passwordsAreKeptAsArgon2idOnly(Kind kind) {
        open(kind);
        administrator();
        assertThat(database.reads()
                        .sql("select password_hash from accounts")
                        .query(String.class)
                        .single())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "",
                " ",
                "a\u0000b",
                "a\nb",
                "a\u001b[31m",
                "../x",
                "a/b",
                "\u202Eevil",
                "-rf"
            })
    void namesThatAreMoreThanNamesAreRefused(String name) {
        open(Kind.SQLITE);
        assertThat(accounts.create(name, Role.ADMINISTRATOR, new Secret(GOOD), false, BOSS))
                .isEqualTo(new AccountChange.Refused(AccountName.RULE));
        assertThat(signIns.attempt(name, GOOD, HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(accounts.list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aNameOfTenKilobytesIsOnlyWrong(Kind kind) {
        open(kind);
        assertThat(signIns.attempt("x".repeat(10_240), "y".repeat(1_000_000), HERE))
                .isEqualTo(new SignIn.Wrong());
        assertThat(accounts.create("x".repeat(10_240), Role.ADMINISTRATOR, new Secret(GOOD), false, BOSS))
                .isInstanceOf(AccountChange.Refused.class);
    }

    @ParameterizedTest
    @EnumSource
    void aNameIsTheSameHoweverItIsWritten(Kind kind) {
        open(kind);
        administrator();
        assertThat(signIns.attempt(" BOSS ", GOOD, HERE)).isInstanceOf(SignIn.Accepted.class);
        assertThat(accounts.create("Boss", Role.MEMBER, new Secret(GOOD), false, BOSS))
                .isEqualTo(new AccountChange.Refused("There is an account named boss already."));
    }

    @ParameterizedTest
    @CsvSource({
        "short, at least 10 characters",
        "long-name-of-an-account, must not be the name",
        "LONG-NAME-OF-AN-ACCOUNT, must not be the name",
        "aaaaaaaaaaaaaa, repeats the same character"
    })
    void weakPasswordsAreRefusedWithASentence(String password, String sentence) {
        open(Kind.SQLITE);
        assertThat(accounts.create("long-name-of-an-account", Role.ADMINISTRATOR, new Secret(password), false, BOSS))
                .isInstanceOfSatisfying(
                        AccountChange.Refused.class,
                        refused -> assertThat(refused.why()).contains(sentence));
    }

    @ParameterizedTest
    @EnumSource
    void aNewPasswordMustDifferAndTheCurrentOneMustFit(Kind kind) {
        open(kind);
        var boss = administrator();
        assertThat(change(boss, GOOD, GOOD))
                .isEqualTo(new AccountChange.Refused("The new password is the old one: choose another."));
        assertThat(change(boss, "wrong", "another long one"))
                .isEqualTo(new AccountChange.Refused("The current password is wrong."));
        assertThat(change(boss, GOOD, "another long one")).isInstanceOf(AccountChange.Done.class);
        assertThat(signIns.attempt("boss", GOOD, HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(signIns.attempt("boss", "another long one", HERE)).isInstanceOf(SignIn.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void guessingIsSlowedDownPerAccountAndAddressButNeverForGood(Kind kind) {
        open(kind);
        administrator();
        for (int n = 0; n < 5; n++)
            assertThat(signIns.attempt("boss", "guess " + n, HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(signIns.attempt("boss", GOOD, HERE)).isEqualTo(new SignIn.Throttled(Duration.ofMinutes(1)));
        assertThat(signIns.attempt("boss", GOOD, "198.51.100.1")).isInstanceOf(SignIn.Accepted.class);
        now = now.plusSeconds(61);
        assertThat(signIns.attempt("boss", "guess", HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(signIns.attempt("boss", GOOD, HERE)).isInstanceOf(SignIn.Throttled.class);
        now = now.plusSeconds(61);
        assertThat(signIns.attempt("boss", GOOD, HERE)).isInstanceOf(SignIn.Accepted.class);
        assertThat(signIns.attempt("boss", "a slip", HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(signIns.attempt("boss", GOOD, HERE)).isInstanceOf(SignIn.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void guessingManyNamesIsSlowedDownPerAddressAndIpv6Network(Kind kind) {
        open(kind);
        administrator();
        for (int n = 0; n < 30; n++)
            assertThat(signIns.attempt("name" + n, "guess", "2001:db8::" + n)).isEqualTo(new SignIn.Wrong());
        assertThat(signIns.attempt("boss", GOOD, "2001:db8::ffff")).isInstanceOf(SignIn.Throttled.class);
        assertThat(signIns.attempt("boss", GOOD, "2001:db8:0:1::1")).isInstanceOf(SignIn.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void manyGuessesAtOnceThroughTwoProcessesCountAsMany(Kind kind) throws Exception {
        open(kind);
        administrator();
        var beside = new SignIns(new Accounts(database, audit, clock), database, audit, clock);
        var looked = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = new ArrayList<Future<SignIn>>();
            for (int n = 0; n < 24; n++) {
                var through = n % 2 == 0 ? signIns : beside;
                Callable<SignIn> attempt = () -> through.attempt("boss", "guess", HERE);
                attempts.add(threads.submit(attempt));
            }
            for (var attempt : attempts) if (attempt.get() instanceof SignIn.Wrong) looked++;
        }
        assertThat(looked).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void anUnknownNameCostsAsMuchWorkAsAKnownOne(Kind kind) {
        open(kind);
        administrator();
        cpu("boss");
        cpu("nobody");
        var known = cpu("boss");
        assertThat(cpu("nobody 2")).isGreaterThan(known / 2);
        assertThat(cpu("<script>")).isGreaterThan(known / 2);
    }

    @ParameterizedTest
    @EnumSource
    void aDisabledAccountIsOutAtOnceAndTheLastAdministratorStays(Kind kind) {
        open(kind);
        var boss = administrator();
        var member = member("anna");
        var token = tokens.create(member, "laptop", null, BOSS).text().reveal();
        session("s1", member);
        assertThat(tokens.account(token)).map(Account::name).contains("anna");
        assertThat(accounts.setDisabled(member, true, BOSS)).isInstanceOf(AccountChange.Done.class);
        assertThat(tokens.account(token)).isEmpty();
        assertThat(sessions()).isZero();
        assertThat(signIns.attempt("anna", GOOD, HERE)).isEqualTo(new SignIn.Disabled());
        assertThat(signIns.attempt("anna", "wrong", HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(accounts.setDisabled(boss, true, BOSS))
                .isEqualTo(new AccountChange.Refused("This is the last administrator: make another one first."));
        accounts.setDisabled(member, false, BOSS);
        assertThat(tokens.account(token)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreKeptAsHashesEndAndAreNotedOnceAMinute(Kind kind) {
        open(kind);
        var boss = administrator();
        var made = tokens.create(boss, "laptop", Duration.ofDays(1), BOSS);
        var text = made.text().reveal();
        assertThat(text).matches("tp_[A-Za-z0-9_-]{43}");
        assertThat(database.reads()
                        .sql("select token_hash from api_tokens")
                        .query(String.class)
                        .single())
                .isEqualTo(Hash.sha256(text));

        assertThat(tokens.account(text)).contains(boss);
        var first = now;
        assertThat(lastUse()).isEqualTo(first);
        now = now.plusSeconds(59);
        tokens.account(text);
        assertThat(lastUse()).isEqualTo(first);
        now = now.plusSeconds(1);
        tokens.account(text);
        assertThat(lastUse()).isEqualTo(now);

        now = first.plus(Duration.ofDays(1));
        assertThat(tokens.account(text)).isEmpty();
        var other = tokens.create(boss, "phone", null, BOSS);
        assertThat(tokens.revoke(other.token().id(), BOSS)).isTrue();
        assertThat(tokens.revoke(other.token().id(), BOSS)).isFalse();
        assertThat(tokens.account(other.text().reveal())).isEmpty();
        assertThat(tokens.account("tp_\u0000")).isEmpty();
        assertThatThrownBy(() -> tokens.create(boss, "x".repeat(10_240), null, BOSS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void deedsAreListedNewestFirstAndStrangersTextIsTamed(Kind kind) {
        open(kind);
        audit.record("anna", "first", "a\nb\u0000\u001b[31m\uD800", HERE);
        now = now.plusSeconds(1);
        audit.record("x".repeat(10_240), "second", "<img src=x onerror=alert(1)>".repeat(100), "y".repeat(999));
        var entries = audit.newest(10);
        assertThat(entries).extracting(Audit.Entry::action).containsExactly("second", "first");
        assertThat(entries.getLast().subject()).isEqualTo("a\uFFFDb\uFFFD\uFFFD[31m\uFFFD");
        assertThat(entries.getFirst().subject()).hasSize(300);
        assertThat(audit.before(entries.getFirst().at(), 10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToAccountsIsRecorded(Kind kind) {
        open(kind);
        var boss = administrator();
        signIns.attempt("boss", GOOD, HERE);
        signIns.attempt("boss", "wrong", HERE);
        signIns.attempt("my password typed as a name", "wrong", HERE);
        signIns.signedOut(boss, HERE);
        change(boss, GOOD, "another long one");
        var token = tokens.create(boss, "laptop", null, BOSS);
        tokens.revoke(token.token().id(), BOSS);
        accounts.setDisabled(member("anna"), true, BOSS);
        assertThat(audit.newest(100))
                .extracting(Audit.Entry::action)
                .containsExactlyInAnyOrder(
                        "account-made",
                        "sign-in",
                        "sign-in-failed",
                        "sign-in-failed",
                        "sign-out",
                        "password-changed",
                        "token-made",
                        "token-revoked",
                        "account-made",
                        "account-disabled");
        assertThat(audit.newest(100)).noneMatch(entry -> entry.subject().contains("my password"));
    }

    @ParameterizedTest
    @EnumSource
    void commandsOnTheSameMachineFindATokenThatWorks(Kind kind) throws Exception {
        open(kind);
        var boss = administrator();
        var local = new LocalToken(folder);
        local.ensure(accounts, tokens, "here");
        var text = local.read().orElseThrow().reveal();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cli-token"))))
                .isEqualTo("rw-------");
        assertThat(tokens.account(text)).contains(boss);
        local.ensure(accounts, tokens, "here");
        assertThat(local.read().orElseThrow().reveal()).isEqualTo(text);

        Files.delete(folder.resolve("cli-token"));
        local.ensure(accounts, tokens, "here");
        assertThat(local.read().orElseThrow().reveal()).isNotEqualTo(text);
        assertThat(tokens.account(text)).isEmpty();
    }

    private Account administrator() {
        return made("boss", Role.ADMINISTRATOR);
    }

    private Account member(String name) {
        return made(name, Role.MEMBER);
    }

    private Account made(String name, Role role) {
        assertThat(accounts.create(name, role, new Secret(GOOD), false, BOSS)).isInstanceOf(AccountChange.Done.class);
        return accounts.named(name).orElseThrow();
    }

    private AccountChange change(Account account, String current, String chosen) {
        return accounts.changePassword(account, new Secret(current), new Secret(chosen), "", HERE);
    }

    private Instant lastUse() {
        return tokens.list().getFirst().lastUsedAt();
    }

    private long cpu(String name) {
        var thread = ManagementFactory.getThreadMXBean();
        var before = thread.getCurrentThreadCpuTime();
        assertThat(signIns.attempt(name, "wrong password", HERE)).isEqualTo(new SignIn.Wrong());
        return thread.getCurrentThreadCpuTime() - before;
    }

    private void session(String id, Account account) {
        database.writes()
                .sql("insert into spring_session (primary_id, session_id, creation_time, last_access_time,"
                        + " max_inactive_interval, expiry_time, principal_name) values (?, ?, 1, 1, 1, 1, ?)")
                .params(id, id, account.id())
                .update();
    }

    private long sessions() {
        return database.reads()
                .sql("select count(*) from spring_session")
                .query(Long.class)
                .single();
    }
}
