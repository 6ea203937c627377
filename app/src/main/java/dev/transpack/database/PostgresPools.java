package dev.transpack.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;

/// PostgreSQL: one pool.
final class PostgresPools {
    private static final int CONNECTIONS = 10;
    /// What the server's own list of connections calls ours: so a running Transpack is seen.
    static final String NAME = "Transpack";

    private PostgresPools() {}

    static Pools open(DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password().reveal());
        config.setMaximumPoolSize(CONNECTIONS);
        // A machine that is frozen or gone in the middle of a transaction must not keep what it locked.
        config.setConnectionInitSql(
                "set application_name = '" + NAME + "'; set idle_in_transaction_session_timeout = '20s'");
        try {
            var pool = new HikariDataSource(config);
            return new Pools(pool, pool);
        } catch (HikariPool.PoolInitializationException e) {
            throw new DatabaseException(
                    "No connection to " + settings.place() + ": " + Database.firstLine(e)
                            + " Check database.url, database.username and database.password.",
                    e);
        }
    }
}
