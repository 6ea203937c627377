package dev.transpack.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections of a pool, whose failures are told as those of statements are.
final class Answering extends DelegatingDataSource {
    private final DatabaseSettings settings;

    Answering(DatabaseSettings settings, DataSource pool) {
        super(pool);
        this.settings = settings;
    }

    /// @throws DatabaseUnwritableException when the database does not answer
    @Override
    public Connection getConnection() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            Unwritable.refuse(settings, e);
            throw e;
        }
    }
}
