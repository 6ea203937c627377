package dev.transpack.jobs;

import static java.util.Comparator.comparing;

import dev.transpack.nodes.Node;
import dev.transpack.nodes.Nodes;
import dev.transpack.settings.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Says of jobs that nobody works on which node they wait for. It asks for the nodes once, however many jobs there are.
final class JobWaits {
    private static final Set<JobState> OPEN = EnumSet.of(JobState.QUEUED, JobState.RUNNING, JobState.WAITING);

    private final Nodes nodes;
    private final InstantSource clock;

    JobWaits(Nodes nodes, InstantSource clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /// The same jobs, each with why it waits.
    List<Job> told(List<Job> jobs) {
        if (jobs.stream().noneMatch(job -> OPEN.contains(job.state()))) return jobs;
        var look = new Look(nodes.all(), clock.instant());
        return jobs.stream().map(job -> job.waitsFor(look.why(job))).toList();
    }

    /// The nodes at one moment.
    private record Look(List<Node> nodes, Instant now) {
        @Nullable
        String why(Job job) {
            if (job.state() == JobState.RUNNING) return ofDead(job);
            if (!OPEN.contains(job.state()) || nodes.isEmpty()) return null;
            var root = job.turn().root();
            if (root == null || job.cancelRequested()) return living(Node::works) ? null : ofWorker();
            return living(node -> node.works() && node.sees(root)) ? null : ofRoot(root);
        }

        private boolean living(Predicate<Node> which) {
            return nodes.stream().anyMatch(node -> node.lives(now) && which.test(node));
        }

        /// Until the heartbeat has been missed often enough its row says that it runs.
        private @Nullable String ofDead(Job job) {
            var name = job.turn().node();
            Predicate<Node> its = node -> node.works() && node.name().equals(name);
            if (living(its)) return null;
            return last(its)
                    .map(node -> "Its node " + seen(node) + ": it goes on when that is back, or on another"
                            + (job.turn().root() == null ? "." : " that sees the files."))
                    .orElse(null);
        }

        private String ofWorker() {
            return "Waits for a node that does background work: "
                    + last(Node::works)
                            .map(node -> "node " + seen(node) + ".")
                            .orElse("none runs, so start 'transpack worker'.");
        }

        private String ofRoot(String root) {
            return "Waits for a node that sees the files of " + root + ": " + who(root) + ".";
        }

        private String who(String root) {
            if (living(node -> node.sees(root)))
                return last(node -> node.lives(now) && node.sees(root))
                                .map(Node::name)
                                .orElse("") + " does, but does no background work, so start 'transpack worker' there";
            var unmounted = last(node -> node.lives(now) && node.works() && node.knows(root));
            if (unmounted.isPresent())
                return "node " + unmounted.get().name() + " runs, but the folder is missing, empty or unreadable there";
            return last(node -> node.works() && node.knows(root))
                    .map(node -> "node " + seen(node))
                    .orElse("no node that is known does");
        }

        private Optional<Node> last(Predicate<Node> which) {
            return nodes.stream().filter(which).max(comparing(Node::last));
        }

        private String seen(Node node) {
            var ago = Figures.about(Duration.between(node.last(), now)) + " ago";
            return node.name() + (node.times().stopped() == null ? " was last seen " : " was stopped ") + ago;
        }
    }
}
