package dev.transpack.web;

import dev.transpack.nodes.Node;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/nodes`: the processes that share the database.
@RestController
class ApiNodes {
    private final NodeList nodes;

    ApiNodes(NodeList nodes) {
        this.nodes = nodes;
    }

    /// A node as the API shows it.
    ///
    /// @param state `alive`, `gone` when nothing was heard of it for a while, or `stopped`
    /// @param serves whether it answers pages and the API
    /// @param works whether it does background work
    record View(
            String id,
            String name,
            String state,
            boolean serves,
            boolean works,
            String host,
            long pid,
            String version,
            Instant startedAt,
            Instant seenAt,
            @Nullable Instant stoppedAt,
            List<Root> roots,
            List<Task> jobs) {}

    /// A download folder that a node knows of.
    ///
    /// @param seen whether it found files there at its last look
    record Root(String name, boolean seen) {}

    /// A job that runs on a node.
    record Task(
            String id,
            String kind,
            String subject,
            @Nullable String pack) {}

    @GetMapping("/api/v1/nodes")
    ApiPage<View> list() {
        return new ApiPage<>(nodes.all().stream().map(ApiNodes::view).toList(), null);
    }

    private static View view(NodeList.Working working) {
        var node = working.node();
        return new View(
                node.id(),
                node.name(),
                ApiWords.of(working.state()),
                node.serves(),
                node.works(),
                node.program().host(),
                node.program().pid(),
                node.program().version(),
                node.times().started(),
                node.times().seen(),
                node.times().stopped(),
                node.roots().stream().map(ApiNodes::root).toList(),
                working.tasks().stream().map(ApiNodes::task).toList());
    }

    private static Root root(Node.Root root) {
        return new Root(root.name(), root.seen());
    }

    private static Task task(NodeList.Task task) {
        var job = task.job();
        return new Task(job.id(), job.kind(), job.subject(), task.pack());
    }
}
