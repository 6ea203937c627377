package dev.transpack.accounts;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The one class that reads and writes rows of `accounts`, and ends sessions by deleting theirs.
final class AccountRows {
    private static final String COLUMNS =
            "id, name, password_hash, role, must_change_password, disabled, created_at, last_login_at";

    private final Database database;

    AccountRows(Database database) {
        this.database = database;
    }

    /// An account with what only this package may see.
    record Row(Account account, String passwordHash) {}

    /// @return whether the name was free
    boolean insert(Account account, String passwordHash) {
        return database.writes()
                        .sql("""
                                insert into accounts (id, name, password_hash, role, must_change_password, disabled,
                                                      created_at)
                                values (?, ?, ?, ?, ?, ?, ?) on conflict (name) do nothing""")
                        .param(account.id())
                        .param(account.name())
                        .param(passwordHash)
                        .param(account.role().name())
                        .param(account.mustChangePassword())
                        .param(account.disabled())
                        .param(account.createdAt().toEpochMilli())
                        .update()
                > 0;
    }

    Optional<Row> find(String id) {
        return database.reads()
                .sql("select " + COLUMNS + " from accounts where id = ?")
                .param(id)
                .query(AccountRows::row)
                .optional();
    }

    Optional<Row> named(AccountName name) {
        return database.reads()
                .sql("select " + COLUMNS + " from accounts where name = ?")
                .param(name.value())
                .query(AccountRows::row)
                .optional();
    }

    List<Account> all() {
        return database
                .reads()
                .sql("select " + COLUMNS + " from accounts order by created_at, name")
                .query(AccountRows::row)
                .list()
                .stream()
                .map(Row::account)
                .toList();
    }

    boolean hasAdministrator() {
        return database.writes()
                        .sql("select count(*) from accounts where role = 'ADMINISTRATOR'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean hasOtherAdministrator(String id) {
        return database.writes()
                        .sql("select count(*) from accounts where role = 'ADMINISTRATOR' and disabled = ? and id <> ?")
                        .params(false, id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    void setPassword(String id, String hash, boolean mustChange) {
        database.writes()
                .sql("update accounts set password_hash = ?, must_change_password = ? where id = ?")
                .params(hash, mustChange, id)
                .update();
    }

    void renewHash(String id, String hash) {
        database.writes()
                .sql("update accounts set password_hash = ? where id = ?")
                .params(hash, id)
                .update();
    }

    void setDisabled(String id, boolean disabled) {
        database.writes()
                .sql("update accounts set disabled = ? where id = ?")
                .params(disabled, id)
                .update();
    }

    void setLastLogin(String id, Instant at) {
        database.writes()
                .sql("update accounts set last_login_at = ? where id = ?")
                .params(at.toEpochMilli(), id)
                .update();
    }

    /// Ends every session of the account but the one named; the empty name spares none.
    void endSessions(String id, String sparedSession) {
        database.writes()
                .sql("delete from spring_session where principal_name = ? and session_id <> ?")
                .params(id, sparedSession)
                .update();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                new Account(
                        row.getString("id"),
                        row.getString("name"),
                        Role.valueOf(row.getString("role")),
                        row.getBoolean("must_change_password"),
                        row.getBoolean("disabled"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Columns.instant(row, "last_login_at")),
                row.getString("password_hash"));
    }
}
