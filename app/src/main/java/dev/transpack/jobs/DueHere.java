package dev.transpack.jobs;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import javax.sql.DataSource;

/// Lets a node see only those due jobs whose files it sees. The others stay where they are for whoever does: no node
/// takes up what it cannot do, and nothing has to be put back. One that is to be cancelled needs no files.
final class DueHere extends AutodetectJdbcCustomization {
    private final String condition;

    /// @param node the id of its row
    DueHere(DataSource source, String node) {
        super(source);
        this.condition = """
                and not exists (
                    select 1 from jobs where id = task_instance and root is not null and not cancel_requested and not exists (
                        select 1 from node_roots r where r.node_id = '%s' and r.root = jobs.root and r.seen))
                """.formatted(node.replace("'", "''"));
    }

    @Override
    public String createSelectDueQuery(String table, int limit, String condition, boolean byPriority) {
        return super.createSelectDueQuery(table, limit, condition + " " + this.condition, byPriority);
    }
}
