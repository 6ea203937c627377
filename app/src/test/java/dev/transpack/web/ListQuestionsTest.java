package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.ShareLinks;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A list asks the database as often for many rows as for a few.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListQuestionsTest {
    private static final Set<String> BACKGROUND = Set.of("roots", "heartbeat", "space", "rate");

    /// Without what the server asks by itself, now and then.
    private static final class Log extends ListAppender<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (!BACKGROUND.contains(Thread.currentThread().getName())) super.append(event);
        }
    }

    private PageFixture pages;
    private Browser ann;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        ann = pages.server().browser();
        ann.signIn(PageFixture.NAME, WebServer.PASSWORD);
    }

    @AfterAll
    void end() {
        pages.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/packs", "/jobs", "/links", "/home", "/api/v1/events", "/api/v1/packs", "/api/v1/links"})
    void doesNotAskForEachRow(String list) throws Exception {
        add(2);
        var few = questions(list);
        add(20);
        assertThat(questions(list)).isEqualTo(few).isBetween(1L, 20L);
    }

    private void add(int packs) {
        var links = pages.server().part(ShareLinks.class);
        for (var n = 0; n < packs; n++) {
            var pack = pages.pack("Sintel", "SENDING");
            pages.runningJob(pack, 1, 100);
            links.create(pages.server().part(Packs.class).get(pack), LinkLifetime.parse("1d"), PageFixture.NAME);
        }
    }

    private long questions(String list) throws Exception {
        var logger = (Logger) LoggerFactory.getLogger("org.springframework.jdbc.core.JdbcTemplate");
        var log = new Log();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try {
            var answer = ann.send(ann.request(list)
                    .header("Accept", "application/json, text/html")
                    .GET());
            assertThat(answer.statusCode()).isEqualTo(200);
        } finally {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(log);
        }
        return log.list.stream()
                .filter(event -> event.getFormattedMessage().startsWith("Executing prepared SQL statement ["))
                .filter(event -> event.getFormattedMessage().contains("select"))
                .count();
    }
}
