package dev.transpack.command;

import dev.transpack.accounts.AccountConfiguration;
import dev.transpack.browse.BrowseConfiguration;
import dev.transpack.database.Database;
import dev.transpack.database.DatabaseSettings;
import dev.transpack.jobs.JobConfiguration;
import dev.transpack.nodes.Machine;
import dev.transpack.nodes.Nodes;
import dev.transpack.packing.PackingConfiguration;
import dev.transpack.purging.PurgingConfiguration;
import dev.transpack.settings.InstanceKey;
import dev.transpack.sharing.SharingConfiguration;
import dev.transpack.space.SpaceConfiguration;
import dev.transpack.uploading.UploadConfiguration;
import dev.transpack.verifying.VerifyingConfiguration;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

/// What every process of a server is made of, the page apart: the foundations here, each feature's own wiring beside
/// its code.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    JobConfiguration.class,
    AccountConfiguration.class,
    BrowseConfiguration.class,
    PackingConfiguration.class,
    UploadConfiguration.class,
    SharingConfiguration.class,
    VerifyingConfiguration.class,
    PurgingConfiguration.class,
    SpaceConfiguration.class
})
class ServerConfiguration {
    @Bean
    InstanceKey instanceKey(AppSettings settings) {
        return InstanceKey.of(settings.dataDir());
    }

    @Bean
    Path dataDir(AppSettings settings) {
        return settings.dataDir();
    }

    @Bean
    DatabaseSettings databaseSettings(AppSettings settings) {
        return settings.database();
    }

    @Bean
    Database database(DatabaseSettings settings) {
        return Database.open(settings);
    }

    @Bean
    Machine machine(AppSettings settings) {
        return new Machine(AppSettings.hostName(), settings.database().isSqlite());
    }

    @Bean
    Nodes nodes(Database database, InstantSource clock) {
        return new Nodes(database, clock);
    }

    @Bean
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    @Bean
    PlatformTransactionManager transactions(Database database) {
        return database.transactions();
    }
}
