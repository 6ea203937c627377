package dev.transpack.command;

import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.ApiTokens;
import dev.transpack.accounts.FirstPassword;
import dev.transpack.accounts.LocalToken;
import dev.transpack.browse.NamedRoots;
import dev.transpack.database.Database;
import dev.transpack.jobs.Jobs;
import dev.transpack.jobs.Worker;
import dev.transpack.nodes.Machine;
import dev.transpack.nodes.Nodes;
import dev.transpack.nodes.Presence;
import dev.transpack.web.WebConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
    private final Presence presence;
    private final @Nullable Worker worker;
    private final @Nullable FirstPassword first;
    private final @Nullable LocalAccess access;

    private Server(
            ConfigurableApplicationContext context,
            Presence presence,
            @Nullable Worker worker,
            @Nullable FirstPassword first,
            @Nullable LocalAccess access) {
        this.context = context;
        this.presence = presence;
        this.worker = worker;
        this.first = first;
        this.access = access;
    }

    /// Starts, and returns when requests are answered and jobs are done.
    public static Server start(AppSettings settings, Role role) {
        return start(settings, role, InstantSource.system());
    }

    /// The same by another clock.
    public static Server start(AppSettings settings, Role role, InstantSource clock) {
        var context = application(settings, role, clock).run();
        FirstPassword first = null;
        Presence presence = null;
        try {
            presence = enter(context, settings, role);
            if (role.serves)
                first = context.getBean(Accounts.class).firstAdministrator().orElse(null);
            var access = role.serves ? LocalAccess.grant(context, settings) : null;
            var worker = role.works ? startWorker(context, settings, presence) : null;
            return new Server(context, presence, worker, first, access);
        } catch (RuntimeException e) {
            if (presence != null) presence.close();
            context.close();
            throw first == null ? e : withPassword(e, first);
        }
    }

    /// The account is made and its password known to nobody yet, and the next start will not make another.
    private static CommandRefused withPassword(RuntimeException failure, FirstPassword first) {
        var told = new CommandRefused(Sentences.of(failure) + "\nThis start made the account " + first.user()
                + ", whose password for one time is " + first.password().reveal());
        told.addSuppressed(failure);
        return told;
    }

    /// The port it listens on, which is another than the set one when that was 0.
    public int port() {
        return portOf(context);
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
        try {
            if (access != null) access.end();
        } finally {
            if (worker != null) worker.close();
            presence.close();
            context.close();
        }
    }

    /// How commands on this machine find the server and get in.
    private record LocalAccess(LocalToken token, URI address) {
        static LocalAccess grant(ConfigurableApplicationContext context, AppSettings settings) {
            var access = new LocalAccess(
                    new LocalToken(settings.dataDir()), ClientOptions.address(settings.server(), portOf(context)));
            access.token.ensure(context.getBean(Accounts.class), context.getBean(ApiTokens.class), settings.node());
            access.token.listens(access.address);
            return access;
        }

        void end() {
            token.stopped(address);
        }
    }

    private static int portOf(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static Presence enter(ConfigurableApplicationContext context, AppSettings settings, Role role) {
        var machine = context.getBean(Machine.class);
        return Presence.begin(
                context.getBean(Nodes.class),
                machine,
                new Presence.Self(
                        settings.node(),
                        version(),
                        settings.features().transmission().daemon(machine.host()),
                        role.serves,
                        role.works),
                context.getBean(NamedRoots.class),
                context.getBean(Jobs.class)::rootsNeeded);
    }

    private static String version() {
        try {
            return Version.current();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Worker startWorker(ConfigurableApplicationContext context, AppSettings settings, Presence presence) {
        var worker = new Worker(
                context.getBean(Database.class),
                context.getBean(Jobs.class),
                settings.jobs(),
                presence.here(),
                context.getBean(InstantSource.class));
        if (presence.aloneWithItsName()) worker.startAfter();
        else worker.start();
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
            settings.log().apply();
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
