package dev.transpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Browser;
import dev.transpack.fixtures.Extracted;
import dev.transpack.fixtures.Folders;
import dev.transpack.fixtures.S3Server;
import dev.transpack.fixtures.TranspackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Names that want to be commands, markup or paths go through command, page, bucket and back, and stay names.
@Timeout(240)
class HostileNamesTest {
    private static final String FOLDER = "<img src=x onerror=alert(1)> $(touch x) \"; rm -rf .";
    /// 255 bytes, the longest a file system takes.
    private static final String EMOJI = "😀".repeat(62) + ".mkv.nf";
    private static final List<String> NAMES = List.of(
            "$(touch x)",
            "\"; rm -rf .",
            "..%2f..%2fx",
            "<img src=x onerror=alert(1)>",
            "-rf",
            "two\nlines",
            "semi;colon & `tick`",
            "\u202egpj.exe",
            "été",
            "e\u0301te\u0301",
            EMOJI);

    @TempDir
    Path home;

    @Test
    void namesStayNames() throws Exception {
        var downloads = Files.createDirectories(home.resolve("downloads"));
        for (var name : NAMES) Folders.file(downloads.resolve(FOLDER), name, 1_000 + name.length());
        try (var s3 = S3Server.start()) {
            var bucket = s3.newBucket();
            var settings = new HashMap<>(Map.of(
                    "TRANSPACK_TRANSMISSION_URL",
                    "none",
                    "TRANSPACK_DOWNLOADS_DIR",
                    downloads.toString(),
                    "TRANSPACK_DESTINATIONS_BOX_ENDPOINT",
                    s3.endpoint().toString(),
                    "TRANSPACK_DESTINATIONS_BOX_BUCKET",
                    bucket,
                    "TRANSPACK_DESTINATIONS_BOX_ACCESS_KEY",
                    S3Server.ACCESS_KEY,
                    "TRANSPACK_DESTINATIONS_BOX_SECRET_KEY",
                    S3Server.SECRET_KEY));
            try (var transpack = TranspackProcess.start(home, settings, "serve", "--port", "0");
                    var browser = Browser.start();
                    var visitor = browser.visitor(transpack.printed("page").replaceAll("/$", ""))) {
                settings.put("TRANSPACK_URL", transpack.printed("page").replaceAll("/$", ""));
                var sent = TranspackProcess.run(home, settings, "send", FOLDER, "--wait");
                assertThat(sent.output()).contains("link: ");
                pagesShowThemAsText(visitor, transpack);
                fetched(s3.directory().resolve(bucket), downloads.resolve(FOLDER));
                assertThat(downloads.resolve(FOLDER)).isDirectoryNotContaining(path -> path.endsWith("x"));
            }
        }
    }

    private static void pagesShowThemAsText(Browser.Visitor visitor, TranspackProcess transpack) throws Exception {
        var page = visitor.signInFirst(transpack.printed("user"), transpack.printed("password"));
        page.navigate("/packs");
        page.locator("tbody a.main").first().click();
        page.waitForSelector("text=onerror=alert");
        assertThat(page.locator("img[src=x]").count()).isZero();
        assertThat(visitor.overflows()).isFalse();
        assertThat(visitor.complaints()).isEmpty();
    }

    private void fetched(Path bucket, Path original) throws Exception {
        try (var objects = Files.walk(bucket)) {
            var volume = objects.filter(path -> path.toString().endsWith(".rar"))
                    .findFirst()
                    .orElseThrow();
            Extracted.byUnrar(volume.getParent(), home.resolve("extracted")).isSameAs(original);
        }
    }
}
