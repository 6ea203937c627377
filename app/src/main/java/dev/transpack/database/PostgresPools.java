package dev.transpack.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// PostgreSQL: one pool.
final class PostgresPools {
    private static final int CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// No statement of ours takes so long; what is silent for longer has lost its power or its network.
    private static final Duration SILENT = Duration.ofMinutes(3);
    /// What the server's own list of connections calls ours: so a running Transpack is seen.
    static final String NAME = "Transpack";

    /// The server's clock, in milliseconds.
    static final String NOW = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    private PostgresPools() {}

    /// Connections whose statements may take as long as they do: those of migrations.
    static DataSource patient(DatabaseSettings settings) {
        var source = new DriverManagerDataSource(
                settings.url(), settings.username(), settings.password().reveal());
        var properties = new Properties();
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", NAME);
        source.setConnectionProperties(properties);
        return source;
    }

    static Pools open(DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password().reveal());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(PATIENCE.toMillis());
        // Parameters of the address count before these (jdbc.postgresql.org/documentation/use).
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", String.valueOf(SILENT.toSeconds()));
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
