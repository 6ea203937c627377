package dev.transpack.accounts;

import dev.transpack.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// Who did what, when and from where: rows that are only ever added. Called inside a transaction it takes part in it,
/// so that the deed and its record stand or fall together.
public final class Audit {
    /// The address of whoever works on this machine, not through the page.
    public static final String LOCAL = "local";

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_ACTION = 60;
    private static final int LONGEST_SUBJECT = 300;

    private final Database database;
    private final InstantSource clock;

    public Audit(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// One deed.
    ///
    /// @param account the name of the account that did it; empty when nobody was signed in
    public record Entry(Instant at, String account, String action, String subject, String address) {}

    /// Adds a deed. Too long texts are cut, control characters replaced: what strangers typed is data here.
    ///
    /// @param account the name of the account that does it
    /// @param action words with dashes, such as `link-made`
    /// @param subject what it is done to
    /// @param address where the request came from, or [#LOCAL]
    public void record(String account, String action, String subject, String address) {
        database.writes()
                .sql("insert into audit (id, at, account, action, subject, address) values (?, ?, ?, ?, ?, ?)")
                .params(
                        UUID.randomUUID().toString(),
                        clock.millis(),
                        clean(account, LONGEST_NAME),
                        clean(action, LONGEST_ACTION),
                        clean(subject, LONGEST_SUBJECT),
                        clean(address, LONGEST_ACTION))
                .update();
    }

    /// The newest deeds, newest first.
    public List<Entry> newest(int limit) {
        return before(Instant.ofEpochMilli(Long.MAX_VALUE), limit);
    }

    /// Deeds older than that, newest first: the next page of a list.
    public List<Entry> before(Instant time, int limit) {
        return database.reads()
                .sql("select at, account, action, subject, address from audit where at < ?"
                        + " order by at desc, id desc limit ?")
                .params(time.toEpochMilli(), limit)
                .query(Audit::entry)
                .list();
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("account"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("address"));
    }

    private static String clean(String text, int longest) {
        var clean = text.codePoints()
                .limit(longest)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean;
    }
}
