package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with all packs at once, without scripts.
@Timeout(120)
class AllPacksPagesTest {
    private PageFixture pages;
    private Browser ann;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        ann = pages.server().browser();
        ann.signIn(PageFixture.NAME, WebServer.PASSWORD);
    }

    @AfterEach
    void end() {
        pages.close();
    }

    @Test
    void whatIsOfferedHoldsForAllPacksAndCancellingAsks() throws Exception {
        assertThat(ann.get("/packs").body()).doesNotContain("Try all again", "Cancel all", "Pause all", "Resume all");
        var failed = job("Failed", "FAILED", "FAILED");
        for (var n = 0; n < 100; n++) pages.pack("Newer", "READY");
        assertThat(ann.get("/packs").body()).contains("Try all again").doesNotContain("Cancel all", "Resume all");
        var moving = job("Moving", "QUEUED", "WAITING");
        var resting = job("Resting", "QUEUED", "PAUSED");
        for (var n = 0; n < 100; n++) pages.pack("Newer", "READY");
        assertThat(ann.get("/packs").body())
                .contains("Try all again", "Cancel all…", "Pause all", "Resume all")
                .contains("href=\"/packs/cancel\"");

        assertThat(post("/packs/retry")).contains("All packs that failed or waited go again.");
        assertThat(state(failed)).isEqualTo(JobState.QUEUED);
        assertThat(state(moving)).isEqualTo(JobState.QUEUED);
        assertThat(ann.get("/packs/cancel").body()).contains("This ends 3 packs,", "Let them go on");
        assertThat(asked(resting)).isFalse();
        assertThat(post("/packs/cancel")).contains("All packs that were on their way end");
        assertThat(asked(failed) && asked(moving) && asked(resting)).isTrue();
    }

    @Test
    void thereIsNothingToDoWhereThereIsNoPack() throws Exception {
        assertThat(ann.get("/packs/cancel").body())
                .contains("No pack is on its way.")
                .doesNotContain("button danger");
        assertThat(post("/packs/cancel")).contains("No pack is on its way.");
        assertThat(post("/packs/retry")).contains("No pack has failed or waits.");
    }

    private String job(String name, String pack, String state) {
        var id = pages.pack(name, pack);
        pages.database()
                .writes()
                .sql("update packs set created_at = 1 where id = ?")
                .param(id)
                .update();
        var job = pages.runningJob(id, 0, 0);
        pages.state(job, state);
        return job;
    }

    private JobState state(String job) {
        return pages.server().part(Jobs.class).find(job).orElseThrow().state();
    }

    private boolean asked(String job) {
        return pages.server().part(Jobs.class).find(job).orElseThrow().cancelRequested();
    }

    private String post(String path) throws Exception {
        var answer = ann.post(path, Map.of("_csrf", ann.csrf("/packs/cancel")));
        assertThat(answer.statusCode()).isEqualTo(302);
        return ann.get("/packs").body();
    }
}
