package dev.transpack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.jobs.JobPriority;
import dev.transpack.jobs.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which node a pack waits for, who the nodes are, and which pack goes first, on the pages and in the API.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesPageTest {
    private static final String WHY =
            "Waits for a node that sees the files of box9:/srv/torrents: node box9 was last seen 3 min ago.";

    private PageFixture pages;
    private Browser ann;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        pages = new PageFixture(folder);
        ann = pages.server().browser();
        ann.signIn(PageFixture.NAME, WebServer.PASSWORD);
        var now = System.currentTimeMillis();
        pages.database().writes().sql("""
                        insert into nodes (id, name, host, pid, process_started_at, version, serves, works, started_at, seen_at)
                        values ('n9', 'box9', 'box9.example', 7, 1, '0.1', ?, ?, 1, ?)""").params(false, true, now - 200_000).update();
        pages.database()
                .writes()
                .sql("insert into node_roots (node_id, root, seen) values ('n9', 'box9:/srv/torrents', ?)")
                .param(true)
                .update();
    }

    @AfterAll
    void end() {
        pages.close();
    }

    private String queued(String name) {
        var pack = pages.pack(name, "QUEUED");
        var job = pages.runningJob(pack, 0, 0);
        pages.database()
                .writes()
                .sql("update jobs set state = 'QUEUED', root = 'box9:/srv/torrents' where id = ?")
                .param(job)
                .update();
        return pack;
    }

    @Test
    void whatWaitsForANodeSaysSoWhereverItIsShown() throws Exception {
        var pack = queued("Waiting");
        assertThat(ann.get("/packs/" + pack).body()).contains(WHY).doesNotContain("goes on by itself");
        for (var list : List.of("/jobs", "/packs", "/home"))
            assertThat(ann.get(list).body()).contains(WHY);
        assertThat(ann.get("/api/v1/packs/" + pack).body()).contains("\"waitingFor\":\"" + WHY + "\"");
        assertThat(ann.get("/api/v1/jobs").body()).contains("\"waitsFor\":\"" + WHY + "\"");
    }

    @Test
    void theNodesAreListedWithWhatTheySee() throws Exception {
        assertThat(ann.get("/jobs").body())
                .contains("box9", "Gone", "Background work", "box9:/srv/torrents")
                .contains("here", "Here", "Page")
                .doesNotContain("??");
        assertThat(ann.get("/api/v1/nodes").body())
                .contains(
                        "\"name\":\"box9\",\"state\":\"gone\",\"serves\":false,\"works\":true,\"host\":\"box9.example\"")
                .contains("\"roots\":[{\"name\":\"box9:/srv/torrents\",\"seen\":true}]")
                .contains("\"name\":\"here\",\"state\":\"alive\",\"serves\":true,\"works\":false");
    }

    @Test
    void whatRunsIsShownOnceAtTheProcessThatBeganLast() throws Exception {
        node("old", "twin", 1, 5L);
        node("new", "twin", 2, null);
        var job = pages.runningJob(pages.pack("Twins", "SENDING"), 1, 100);
        pages.database()
                .writes()
                .sql("update jobs set node = 'twin', created_at = 9 where id = ?")
                .param(job)
                .update();
        pages.database().writes().sql("""
                        with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
                        insert into jobs (id, kind, version, subject, payload, state, fence, attempts, cancel_requested,
                                          done_bytes, total_bytes, bytes_per_second, created_at)
                        select 'many' || i, 'measure', 1, 'x', '{}', 'QUEUED', 1, 0, false, 0, 0, 0, 1 from n""").update();
        try {
            var twins = ApiCaller.json(ann.get("/api/v1/nodes"))
                    .path("items")
                    .valueStream()
                    .filter(node -> node.path("name").asString().equals("twin"))
                    .toList();
            assertThat(twins.get(0).toString()).contains("\"state\":\"alive\"", "Twins");
            assertThat(twins.get(1).toString())
                    .contains("\"state\":\"stopped\"")
                    .doesNotContain("Twins");
        } finally {
            pages.database()
                    .writes()
                    .sql("delete from jobs where id like 'many%'")
                    .update();
        }
    }

    private void node(String id, String name, long started, @Nullable Long stopped) {
        pages.database()
                .writes()
                .sql("""
                        insert into nodes (id, name, host, pid, process_started_at, version, serves, works, started_at, seen_at,
                                           stopped_at)
                        values (?, ?, 'h', 7, 1, '0.1', ?, ?, ?, ?, ?)""")
                .param(id)
                .param(name)
                .param(false)
                .param(true)
                .param(started)
                .param(System.currentTimeMillis())
                .param(stopped)
                .update();
    }

    @Test
    void aPackIsMovedInTheQueueOnItsPageAndInTheApi() throws Exception {
        var pack = queued("Urgent");
        prioritize(pack, "HIGH");
        assertThat(priority(pack)).isEqualTo(JobPriority.HIGH);
        assertThat(ann.get("/packs/" + pack).body())
                .contains("Its priority is another now: it counts whenever the pack waits for its turn.");
        assertThat(ann.get("/api/v1/packs/" + pack).body()).contains("\"priority\":\"high\"");
        pages.database()
                .writes()
                .sql("update packs set state = 'READY' where id = ?")
                .param(pack)
                .update();
        prioritize(pack, "LOW");
        assertThat(priority(pack)).isEqualTo(JobPriority.HIGH);
    }

    private void prioritize(String pack, String priority) throws Exception {
        var form = Map.of("priority", priority, "_csrf", ann.csrf("/packs/" + pack));
        assertThat(ann.post("/packs/" + pack + "/priority", form).statusCode()).isEqualTo(302);
    }

    private JobPriority priority(String pack) {
        return pages.server().part(Jobs.class).latest(pack).orElseThrow().turn().priority();
    }
}
