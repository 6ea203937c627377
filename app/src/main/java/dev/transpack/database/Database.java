package dev.transpack.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The one database, open and migrated. On SQLite there is one writing connection (its transactions begin IMMEDIATE, so
/// they never fail half-way for want of the lock) and a few reading ones beside it; on PostgreSQL one pool serves both.
///
/// Inside [#inTransaction] use [#writes] for reading too: [#reads] sees committed rows only.
public final class Database implements AutoCloseable {
    private final HikariDataSource writer;
    private final HikariDataSource reader;
    private final DataSource writing;
    private final DataSource reading;
    private final JdbcClient writes;
    private final JdbcClient reads;
    private final JdbcTemplate batch;
    private final PlatformTransactionManager transactions;
    private final TransactionTemplate transaction;
    private final boolean sqlite;

    private Database(DatabaseSettings settings, Pools pools) {
        this.writer = pools.writer();
        this.reader = pools.reader();
        this.writing = new Answering(settings, writer);
        this.reading = pools.isOne() ? writing : new Answering(settings, reader);
        this.batch = template(settings, writing);
        this.writes = JdbcClient.create(batch);
        this.reads = JdbcClient.create(template(settings, reading));
        this.transactions = new Transactions(writing, batch.getExceptionTranslator());
        this.transaction = new TransactionTemplate(transactions);
        this.sqlite = settings.isSqlite();
    }

    private static JdbcTemplate template(DatabaseSettings settings, DataSource source) {
        var template = new JdbcTemplate(source);
        template.setExceptionTranslator(new Unwritable(settings, template.getExceptionTranslator()));
        return template;
    }

    /// Opens and migrates. Migrations run once, whichever process comes first.
    ///
    /// @throws DatabaseException in one sentence, when that cannot be
    public static Database open(DatabaseSettings settings) {
        var pools = settings.isSqlite() ? SqlitePools.open(settings) : PostgresPools.open(settings);
        try {
            refuseForeign(pools.writer(), settings);
            Migrations.run(settings, settings.isSqlite() ? pools.writer() : PostgresPools.patient(settings));
            return new Database(settings, pools);
        } catch (RuntimeException e) {
            pools.writer().close();
            pools.reader().close();
            throw e;
        }
    }

    /// For rows that are written, and for reading inside a transaction.
    public JdbcClient writes() {
        return writes;
    }

    /// For reading what is committed.
    public JdbcClient reads() {
        return reads;
    }

    /// For many rows of one statement at once, inside a transaction.
    public JdbcTemplate batch() {
        return batch;
    }

    /// All of it or nothing. A transaction inside a transaction joins it.
    public <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }

    /// All of it or nothing.
    public void inTransaction(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    /// The writing side for libraries that speak JDBC; it takes part in a transaction that is under way.
    public DataSource dataSource() {
        return new TransactionAwareDataSourceProxy(writing);
    }

    /// The reading side for libraries that speak JDBC: committed rows only, and on SQLite it cannot write.
    public DataSource readSource() {
        return reading;
    }

    /// For libraries that manage transactions themselves.
    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /// How far this machine's clock is ahead of the database's; zero for a file on this machine.
    public Duration clockAhead(InstantSource clock) {
        if (sqlite) return Duration.ZERO;
        return DatabaseClock.ahead(
                clock,
                () -> reads.sql(PostgresPools.NOW)
                        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
                        .single());
    }

    /// Whether the database answers and takes writes: a stand-by refuses also those that change nothing.
    public boolean answers() {
        try {
            inTransaction(() -> {
                var _ = writes.sql("update destination_probes set probed_at = probed_at where 1 = 0")
                        .update();
            });
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    static void refuseForeign(DataSource dataSource, DatabaseSettings settings) {
        try (var connection = dataSource.getConnection();
                var django = connection.getMetaData().getTables(null, null, "django_migrations", null)) {
            if (django.next())
                throw new DatabaseException("The database at " + settings.place()
                        + " belongs to a Django program: it is left untouched. Set database.url to a new database.");
        } catch (java.sql.SQLException e) {
            Unwritable.refuse(settings, e);
            throw new DatabaseException("The database at " + settings.place() + " does not answer: " + firstLine(e), e);
        }
    }

    static String firstLine(Throwable e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(message)
                .strip();
    }
}
