package dev.transpack.web;

import dev.transpack.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Spring Session's rows in our database. SQLite has one writing connection, which nearly no request needs: looking a
/// session up uses the reading ones, only changes take the writer, each in a short transaction of its own.
final class SessionRows extends JdbcIndexedSessionRepository {
    /// Once an hour is enough: an expired session is refused whether its row is there or not.
    private static final String CLEAN_UP = "0 17 * * * *";
    /// Two requests of one session may add the same attribute at the same time: the later one counts. And a session may
    /// have ended meanwhile: then there is nothing to add to.
    private static final String INSERT_ATTRIBUTE = """
            with given (id, name, bytes) as (select ?, ?, ?)
            insert into spring_session_attributes (session_primary_id, attribute_name, attribute_bytes)
            select id, name, bytes from given where exists (select 1 from spring_session where primary_id = given.id)
            on conflict (session_primary_id, attribute_name) do update set attribute_bytes = excluded.attribute_bytes""";

    private final Database database;

    SessionRows(Database database, Duration idle) {
        super(template(database), TransactionOperations.withoutTransaction());
        this.database = database;
        setDefaultMaxInactiveInterval(idle);
        setCleanupCron(CLEAN_UP);
        setCreateSessionAttributeQuery(INSERT_ATTRIBUTE);
        setConversionService(conversions());
    }

    @Override
    public void deleteById(String id) {
        database.inTransaction(() -> super.deleteById(id));
    }

    @Override
    public void cleanUpExpiredSessions() {
        database.inTransaction(super::cleanUpExpiredSessions);
    }

    /// Its failures are told as the database's own are.
    private static JdbcTemplate template(Database database) {
        var template = new JdbcTemplate(new Routed(database));
        template.setExceptionTranslator(database.batch().getExceptionTranslator());
        return template;
    }

    @SuppressWarnings("NullAway") // what cannot be read back is null, which a session takes as not there
    private static GenericConversionService conversions() {
        var conversions = new GenericConversionService();
        conversions.addConverter(Object.class, byte[].class, SessionValues::write);
        conversions.addConverter(byte[].class, Object.class, SessionValues::read);
        return conversions;
    }

    /// The writer inside a transaction, else a reader.
    private static final class Routed extends AbstractDataSource {
        private final Database database;

        Routed(Database database) {
            this.database = database;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return TransactionSynchronizationManager.isActualTransactionActive()
                    ? database.dataSource().getConnection()
                    : database.readSource().getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
