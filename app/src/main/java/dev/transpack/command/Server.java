package dev.transpack.command;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.ApiTokens;
import dev.transpack.accounts.FirstPassword;
import dev.transpack.accounts.LocalToken;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.jobs.Worker;
import dev.transpack.web.WebConfiguration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// A running Transpack: the page and the API, the background work, or both. Closing stops claiming work first, lets
/// running jobs save, and closes the database last.
public final class Server implements AutoCloseable {
    /// What this process does.
    public enum Role {
        WEB_AND_WORKER(true, true),
        WEB(true, false),
        WORKER(false, true);

        private final boolean serves;
        private final boolean works;

        Role(boolean serves, boolean works) {
            this.serves = serves;
            this.works = works;
        }
    }

    private final ConfigurableApplicationContext context;
    private final @Nullable Worker worker;
    private final @Nullable FirstPassword first;

    private Server(ConfigurableApplicationContext context, @Nullable Worker worker, @Nullable FirstPassword first) {
        this.context = context;
        this.worker = worker;
        this.first = first;
    }

    /// Starts, and returns when requests are answered and jobs are done.
    public static Server start(AppSettings settings, Role role) {
        return start(settings, role, InstantSource.system());
    }

    /// The same by another clock.
    public static Server start(AppSettings settings, Role role, InstantSource clock) {
        var context = application(settings, role, clock).run();
        try {
            var first = role.serves ? prepareAccounts(context, settings) : null;
            return new Server(context, role.works ? startWorker(context, settings) : null, first);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /// The port it listens on, which is another than the set one when that was 0.
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /// The first administrator's one-time password, when this start made one: shown now or never.
    public Optional<FirstPassword> firstPassword() {
        return Optional.ofNullable(first);
    }

    /// A part of the running server.
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        if (worker != null) worker.close();
        context.close();
    }

    private static @Nullable FirstPassword prepareAccounts(
            ConfigurableApplicationContext context, AppSettings settings) {
        var accounts = context.getBean(Accounts.class);
        var first = accounts.firstAdministrator();
        new LocalToken(settings.dataDir()).ensure(accounts, context.getBean(ApiTokens.class), settings.node());
        return first.orElse(null);
    }

    private static Worker startWorker(ConfigurableApplicationContext context, AppSettings settings) {
        var worker = new Worker(
                context.getBean(Database.class),
                context.getBean(Jobs.class),
                settings.jobs(),
                settings.node(),
                context.getBean(InstantSource.class));
        worker.start();
        return worker;
    }

    private static SpringApplication application(AppSettings settings, Role role, InstantSource clock) {
        var application = role.serves
                ? new SpringApplication(ServerConfiguration.class, WebConfiguration.class)
                : new SpringApplication(ServerConfiguration.class);
        application.setWebApplicationType(role.serves ? WebApplicationType.SERVLET : WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(context -> {
            var generic = (GenericApplicationContext) context;
            generic.registerBean(InstantSource.class, () -> clock);
            registerSettings(generic, settings);
        });
        return application;
    }

    private static void registerSettings(GenericApplicationContext context, AppSettings settings) {
        context.registerBean(AppSettings.class, () -> settings);
        register(context, settings.server());
        register(context, settings.jobs());
        settings.features().all().forEach(each -> register(context, each));
    }

    private static <T> void register(GenericApplicationContext context, T settings) {
        @SuppressWarnings("unchecked")
        var type = (Class<T>) settings.getClass();
        context.registerBean(type, () -> settings);
    }

    private static Map<String, Object> properties(AppSettings settings) {
        return Map.of(
                "server.port", settings.server().port(),
                "server.address", settings.server().address(),
                "server.servlet.context-path", settings.server().basePath());
    }
}
