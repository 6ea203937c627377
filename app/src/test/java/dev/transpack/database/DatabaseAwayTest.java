package dev.transpack.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.transpack.fixtures.PostgresServer;
import dev.transpack.fixtures.TcpRelay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A PostgreSQL that is restarted, or whose machine loses its power, in the middle of work.
@Timeout(120)
class DatabaseAwayTest {
    private final DatabaseSettings direct = PostgresServer.newDatabase();
    private final TcpRelay relay =
            TcpRelay.before(URI.create(direct.url().substring("jdbc:".length())).getPort());

    @AfterEach
    void close() {
        relay.close();
    }

    private DatabaseSettings behind(String parameters) {
        var url = direct.url().replaceFirst(":\\d+/", ":" + relay.port() + "/");
        return new DatabaseSettings(url + parameters, direct.username(), direct.password());
    }

    private static String sentence(DatabaseSettings settings) {
        return "The database at " + settings.place()
                + " does not answer: start it, or mend the network, then try again.";
    }

    /// What was written in the address counts before what is usual.
    @Test
    void whoseMachineLosesItsPowerHoldsNobodyForEver() throws Exception {
        try (var usual = Database.open(direct);
                var connection = usual.dataSource().getConnection()) {
            assertThat(connection.getNetworkTimeout())
                    .isEqualTo((int) Duration.ofMinutes(3).toMillis());
        }
        var settings = behind("?socketTimeout=1");
        try (var database = Database.open(settings)) {
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        insert(database, "before");
                        relay.fallSilent();
                        insert(database, "after");
                    }))
                    .isInstanceOf(DatabaseUnwritableException.class)
                    .hasMessage(sentence(settings));
        }
    }

    @Test
    void oneThatIsRestartedIsToldAndConnectedAgain() throws Exception {
        var settings = behind("");
        try (var database = Database.open(settings);
                var threads = Executors.newFixedThreadPool(2)) {
            insert(database, "before");
            relay.goAway();
            Callable<Throwable> read = () -> catchThrowable(() -> probes(database));
            Callable<Throwable> write = () -> catchThrowable(() -> database.inTransaction(() -> probes(database)));
            for (var answer : threads.invokeAll(List.of(read, write)))
                assertThat(answer.get())
                        .isInstanceOf(DatabaseUnwritableException.class)
                        .hasMessage(sentence(settings));
            relay.comeBack();
            insert(database, "after");
            assertThat(probes(database)).isEqualTo(2);
        }
    }

    @Test
    void whatIsUnderWayWhenItEndsIsTold() throws Exception {
        try (var database = Database.open(direct)) {
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        insert(database, "before");
                        endConnections();
                        insert(database, "after");
                    }))
                    .isInstanceOf(DatabaseUnwritableException.class)
                    .hasMessage(sentence(direct));
        }
    }

    private void endConnections() {
        try (var connection = DatabaseProbe.connect(direct);
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(Database database, String name) {
        database.writes()
                .sql("insert into destination_probes (destination, settings, seen, probed_at) values (?, '', '', 1)")
                .param(name)
                .update();
    }

    private static long probes(Database database) {
        return database.reads()
                .sql("select count(*) from destination_probes")
                .query(Long.class)
                .single();
    }
}
