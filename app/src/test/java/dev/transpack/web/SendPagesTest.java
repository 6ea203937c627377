package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.browse.Downloads;
import dev.transpack.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The send dialog as a browser without scripts gets it.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendPagesTest {
    private static final String AGAIN = "Type the password again.";
    private static final String MARK = "name=\"encrypted\" value=\"true\"";

    private PageFixture pages;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        browser = pages.server().browser();
        browser.signIn(PageFixture.NAME, WebServer.PASSWORD);
    }

    @AfterAll
    void end() {
        pages.close();
    }

    @Test
    void aPasswordIsNotForgottenSilentlyAfterARefusal() throws Exception {
        var dialog = dialog("Secret");
        assertThat(browser.get(dialog).body()).doesNotContain(AGAIN, MARK);
        var refused = browser.submit(dialog, Map.of("password", "open sesame", "volumeSize", "1m"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("5 MiB", AGAIN, MARK, "<details open=\"open\"><summary>Password")
                .doesNotContain("open sesame");
        var without = browser.submit(dialog, Map.of("password", "", "encrypted", "true"));
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("The password was not kept: type it again.", AGAIN, MARK);
        var again = browser.submit(dialog, Map.of("password", "open sesame", "encrypted", "true"));
        assertThat(again.statusCode()).isEqualTo(302);
    }

    @Test
    void aRefusalWithoutAPasswordAsksForNone() throws Exception {
        var dialog = dialog("Open");
        assertThat(browser.submit(dialog, Map.of("password", "", "volumeSize", "1m"))
                        .body())
                .contains("5 MiB")
                .doesNotContain(AGAIN, MARK);
        assertThat(browser.submit(dialog, Map.of("password", "")).statusCode()).isEqualTo(302);
    }

    @Test
    void theUsualVolumeSizeIsThatOfRar() throws Exception {
        assertThat(browser.get(dialog("Sizes")).body())
                .contains("Usual: 500m for RAR; ZIP and TAR stay whole.")
                .doesNotContain("placeholder=\"500m\"");
    }

    @Test
    void whatWasTickedStaysTickedAfterARefusal() throws Exception {
        var dialog = dialog("Ticked");
        assertThat(browser.get(dialog).body())
                .contains("value=\"samples\"", "value=\"junk\"")
                .doesNotContain("checked");
        var refused = browser.submit(dialog, Map.of("presets", "junk", "portableNames", "true", "volumeSize", "1m"));
        assertThat(refused.body())
                .contains(
                        "value=\"junk\" checked=\"checked\"",
                        "name=\"portableNames\" value=\"true\" checked=\"checked\"")
                .doesNotContain("value=\"samples\" checked");
    }

    @Test
    void whatWasLeftOutIsSaidOnThePageOfThePack() throws Exception {
        var id = pages.pack("Short", "READY");
        assertThat(browser.get("/packs/" + id).body()).doesNotContain("Left out");
        pages.server()
                .part(Database.class)
                .writes()
                .sql("update packs set left_out_files = 3, left_out_bytes = 2048 where id = ?")
                .param(id)
                .update();
        assertThat(browser.get("/packs/" + id).body()).contains("Left out", "3 files, 2.00 KiB");
    }

    @Test
    void namesThatWillNotArriveAreSaidOnThePageOfThePackAndInTheApi() throws Exception {
        var id = pages.pack("Odd", "READY");
        assertThat(browser.get("/packs/" + id).body()).doesNotContain("Names to mind");
        var database = pages.server().part(Database.class);
        database.writes()
                .sql("insert into pack_warnings (pack_id, n, name, problem) values (?, 0, 'con.txt', 'is <odd>')")
                .param(id)
                .update();
        database.writes()
                .sql("update packs set warnings = 1001 where id = ?")
                .param(id)
                .update();
        assertThat(browser.get("/packs/" + id).body())
                .contains("Names to mind", "con.txt", "is &lt;odd&gt;", "and 1,000 names more");
        assertThat(browser.get("/api/v1/packs/" + id + "/warnings").body())
                .contains("{\"name\":\"con.txt\",\"problem\":\"is <odd>\"}");
        assertThat(browser.get("/api/v1/packs/" + id).body())
                .contains("\"warnings\":1001", "\"leftOut\":{\"files\":0,\"bytes\":0}");
    }

    private String dialog(String film) {
        pages.film(film);
        pages.server().pass(Duration.ofSeconds(2)); // until the folder is looked at again
        return pages.server().part(Downloads.class).list().downloads().stream()
                .filter(one -> one.name().equals(film))
                .map(one -> "/send?download=" + one.id().value())
                .findFirst()
                .orElseThrow();
    }
}
