package dev.transpack.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.transpack.jobs.Job;
import dev.transpack.jobs.Jobs;
import dev.transpack.nodes.Node;
import dev.transpack.nodes.Nodes;
import dev.transpack.packing.Pack;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts the nodes together with what each works on.
@Component
class NodeList {
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
        var known = nodes.all();
        var workers = workers(known);
        var tasks = tasks();
        var now = clock.instant();
        return known.stream()
                .map(node -> new Working(
                        node,
                        node.state(now),
                        workers.contains(node.id()) ? tasks.getOrDefault(node.name(), List.of()) : List.of()))
                .toList();
    }

    /// The ids of those that may have taken up jobs under their name: of several, the one that began last.
    private static Set<String> workers(List<Node> known) {
        var newest = known.stream().filter(Node::works).collect(toMap(Node::name, Node::id, (first, _) -> first));
        return Set.copyOf(newest.values());
    }

    /// What runs, by the name of the node.
    private Map<String, List<Task>> tasks() {
        var running = jobs.running();
        var packs = subjects.packs(running);
        return running.stream()
                .collect(groupingBy(
                        job -> Objects.requireNonNullElse(job.turn().node(), ""),
                        mapping(job -> task(job, packs.get(job.subject())), toList())));
    }

    private static Task task(Job job, @Nullable Pack pack) {
        return new Task(job, pack == null ? null : pack.name());
    }
}
