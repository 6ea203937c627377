package dev.transpack.web;

import dev.transpack.database.Database;
import dev.transpack.fixtures.SentPacks;
import dev.transpack.jobs.Jobs;
import dev.transpack.nodes.Sight;
import dev.transpack.settings.InstanceKey;
import dev.transpack.sharing.BoxPacks;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkedPacks;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.sharing.StoredVolumes;
import dev.transpack.uploading.BoxRows;
import dev.transpack.uploading.RateLimit;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/// The link pages alone, on a free port.
record LinkServer(ConfigurableApplicationContext context) implements AutoCloseable {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({LinkController.class, LinkBytes.class, LinkSecurity.class, PageModel.class, SecurityHeaders.class})
    static class LinkPagesOnly {}

    static LinkServer start(SentPacks sent, Path dataDir) {
        var application = new SpringApplication(LinkPagesOnly.class);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Map.of("server.port", 0, "server.address", "127.0.0.1"));
        application.addInitializers(context -> beans((GenericApplicationContext) context, sent, dataDir));
        return new LinkServer(application.run());
    }

    ShareLinks links() {
        return context.getBean(ShareLinks.class);
    }

    LinkAddresses addresses() {
        return context.getBean(LinkAddresses.class);
    }

    URI address(LinkAnswer.Created link) {
        return addresses().page(link.token());
    }

    @Override
    public void close() {
        context.close();
    }

    private static void beans(GenericApplicationContext context, SentPacks sent, Path dataDir) {
        var links = new ShareLinks(sent.database(), InstanceKey.of(dataDir), sent.clock());
        var volumes = new StoredVolumes(sent.database(), sent.clock());
        var packs = new LinkedPacks(links, sent.packs(), sent.files(), volumes, name -> sent.store(), sent.secrets());
        context.registerBean(Database.class, sent::database, definition -> definition.setDestroyMethodName(""));
        context.registerBean(DataSource.class, () -> sent.database().dataSource());
        context.registerBean(ShareLinks.class, () -> links);
        context.registerBean(InstantSource.class, sent::clock);
        context.registerBean(LinkedPacks.class, () -> packs);
        var boxes = new BoxPacks(
                sent.packs(),
                sent.planning(),
                new BoxRows(sent.database()),
                new RateLimit(null),
                sent.clock(),
                Sight.NONE);
        context.registerBean(BoxPacks.class, () -> boxes);
        context.registerBean(Jobs.class, () -> new Jobs(sent.database(), sent.clock()));
        context.registerBean(
                ServerSettings.class, () -> new ServerSettings(0, "127.0.0.1", "", Optional.empty(), List.of(), false));
    }
}
