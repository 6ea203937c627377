package dev.transpack.web;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.JobState;
import dev.transpack.jobs.Jobs;
import dev.transpack.nodes.Node;
import dev.transpack.nodes.Nodes;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts the nodes together with what each works on.
@Component
class NodeList {
    private static final int MOST_JOBS = 500;

    private final Nodes nodes;
    private final Jobs jobs;
    private final JobSubjects subjects;
    private final InstantSource clock;

    NodeList(Nodes nodes, Jobs jobs, JobSubjects subjects, InstantSource clock) {
        this.nodes = nodes;
        this.jobs = jobs;
        this.subjects = subjects;
        this.clock = clock;
    }

    /// A node, and what runs there.
    record Working(Node node, Node.State state, List<Task> tasks) {}

    /// A job that runs.
    ///
    /// @param pack the name of the pack it works on; null when it has none
    record Task(Job job, @Nullable String pack) {}

    /// All nodes by name.
    List<Working> all() {
        var running = jobs.active(MOST_JOBS).stream()
                .filter(job -> job.state() == JobState.RUNNING)
                .toList();
        var packs = subjects.packs(running);
        var now = clock.instant();
        return nodes.all().stream()
                .map(node -> {
                    var tasks = running.stream()
                            .filter(job -> node.works()
                                    && node.name().equals(job.turn().node()))
                            .map(job -> {
                                var pack = packs.get(job.subject());
                                return new Task(job, pack == null ? null : pack.name());
                            })
                            .toList();
                    return new Working(node, node.state(now), tasks);
                })
                .toList();
    }
}
