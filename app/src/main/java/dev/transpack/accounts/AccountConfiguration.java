package dev.transpack.accounts;

import dev.transpack.database.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of accounts.
@Configuration(proxyBeanMethods = false)
public class AccountConfiguration {
    @Bean
    Audit audit(Database database, InstantSource clock) {
        return new Audit(database, clock);
    }

    @Bean
    Accounts accounts(Database database, Audit audit, InstantSource clock) {
        return new Accounts(database, audit, clock);
    }

    @Bean
    SignIns signIns(Accounts accounts, Database database, Audit audit, InstantSource clock) {
        return new SignIns(accounts, database, audit, clock);
    }

    @Bean
    ApiTokens apiTokens(Database database, Audit audit, InstantSource clock) {
        return new ApiTokens(database, audit, clock);
    }
}
