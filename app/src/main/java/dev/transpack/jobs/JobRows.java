package dev.transpack.jobs;

import dev.transpack.database.Columns;
import dev.transpack.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one class that reads and writes rows of `jobs`. Every write of a running job carries its fence: a node that was
/// taken for dead writes nothing any more.
final class JobRows {
    private static final String COLUMNS =
            "id, kind, subject, state, cancel_requested, attempts, done_bytes, total_bytes,"
                    + " bytes_per_second, error, created_at, started_at, next_attempt_at, finished_at, priority, root, node";

    private final Database database;
    private final InstantSource clock;

    JobRows(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What a run needs of its row.
    record Claim(String kind, int version, String payload, long fence, int attempt) {}

    void insert(String id, JobKind<?> kind, String subject, String payload, Jobs.Terms terms) {
        database.writes()
                .sql("""
                        insert into jobs (id, kind, version, subject, payload, state, fence, attempts, cancel_requested,
                                          done_bytes, total_bytes, bytes_per_second, created_at, priority, root)
                        values (?, ?, ?, ?, ?, 'QUEUED', 0, 0, ?, 0, 0, 0, ?, ?, ?)""")
                .param(id)
                .param(kind.name())
                .param(kind.version())
                .param(subject)
                .param(payload)
                .param(false)
                .param(clock.millis())
                .param(terms.priority().name())
                .param(terms.root())
                .update();
    }

    /// Takes the job for this run: a new fence shuts out every earlier one. Empty when there is nothing to run.
    Optional<Claim> claim(String id, String node) {
        return database.inTransaction(() -> {
            var taken =
                    database.writes().sql("""
                            update jobs set state = 'RUNNING', node = ?, fence = fence + 1, attempts = attempts + 1,
                                            started_at = coalesce(started_at, ?), next_attempt_at = null
                            where id = ? and state in ('QUEUED', 'RUNNING', 'WAITING')""").params(node, clock.millis(), id).update();
            return taken == 0
                    ? Optional.empty()
                    : database.writes()
                            .sql("select kind, version, payload, fence, attempts from jobs where id = ?")
                            .param(id)
                            .query((row, n) -> new Claim(
                                    row.getString(1), row.getInt(2), row.getString(3), row.getLong(4), row.getInt(5)))
                            .optional();
        });
    }

    /// The root whose files a run would need now; empty when it needs none, also because it is only to be cancelled.
    Optional<String> rootNeeded(String id) {
        return database.reads()
                .sql("select root from jobs where id = ? and root is not null and cancel_requested = ?")
                .params(id, false)
                .query(String.class)
                .optional();
    }

    /// The roots whose files are needed by jobs that have not ended.
    Set<String> rootsNeeded() {
        return database.reads()
                .sql(
                        "select distinct root from jobs where state in ('QUEUED', 'RUNNING', 'WAITING') and root is not null")
                .query((row, n) -> row.getString(1))
                .set();
    }

    /// The node that ran it is gone: it is in the queue again.
    void orphaned(String id) {
        database.writes()
                .sql("update jobs set state = 'QUEUED', bytes_per_second = 0 where id = ? and state = 'RUNNING'")
                .param(id)
                .update();
    }

    /// What the scheduler believes a worker of this name to be running is due again; its heartbeats end then too.
    ///
    /// @param worker as the scheduler writes it
    /// @return how many jobs
    int released(String worker) {
        return database.writes()
                .sql("""
                        update scheduled_tasks set picked = ?, picked_by = null, last_heartbeat = null, version = version + 1
                        where task_name = ? and picked_by = ?""")
                .params(false, JobTask.DESCRIPTOR.getTaskName(), worker)
                .update();
    }

    /// @return false when it has ended
    boolean prioritize(String id, JobPriority priority) {
        return database.writes().sql("""
                                update jobs set priority = ?
                                where id = ? and state in ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED')""").params(priority.name(), id).update() > 0;
    }

    JobPriority priority(String id) {
        return JobPriority.valueOf(database.writes()
                .sql("select priority from jobs where id = ?")
                .param(id)
                .query(String.class)
                .single());
    }

    /// What somebody wants of a running job.
    record Wishes(boolean cancel, boolean pause) {}

    /// Writes progress and answers what is wanted of the job; empty when another run has taken it.
    Optional<Wishes> progress(String id, long fence, Job.Progress progress) {
        return database.writes()
                .sql("""
                        update jobs set done_bytes = ?, total_bytes = ?, bytes_per_second = ?
                        where id = ? and fence = ? and state = 'RUNNING' returning cancel_requested, pause_requested""")
                .params(progress.doneBytes(), progress.totalBytes(), progress.bytesPerSecond(), id, fence)
                .query((row, n) -> new Wishes(row.getBoolean(1), row.getBoolean(2)))
                .optional();
    }

    /// @param attempts that count so far
    void waiting(String id, long fence, String error, Instant until, int attempts) {
        database.writes()
                .sql("""
                        update jobs set state = 'WAITING', error = ?, next_attempt_at = ?, attempts = ?, bytes_per_second = 0
                        where id = ? and fence = ?""")
                .params(error, until.toEpochMilli(), attempts, id, fence)
                .update();
    }

    /// A stop of the program, or a pause, is no failure: the attempt does not count.
    void backToQueue(String id, long fence) {
        database.writes().sql("""
                        update jobs set state = 'QUEUED', attempts = attempts - 1, bytes_per_second = 0
                        where id = ? and fence = ?""").params(id, fence).update();
    }

    void end(String id, long fence, JobState state, @Nullable String error) {
        database.writes()
                .sql("""
                        update jobs set state = ?, error = ?, bytes_per_second = 0, finished_at = ?, pause_requested = ?
                        where id = ? and fence = ?""")
                .param(state.name())
                .param(error)
                .param(clock.millis())
                .param(false)
                .param(id)
                .param(fence)
                .update();
    }

    /// A job that has failed is queued again, so that it takes back what it made.
    ///
    /// @return whether there was something to cancel
    boolean requestCancel(String id) {
        return database.writes().sql("""
                                update jobs set cancel_requested = ?, pause_requested = ?, finished_at = null,
                                    attempts = case state when 'RUNNING' then attempts else 0 end,
                                    state = case state when 'RUNNING' then state else 'QUEUED' end
                                where id = ?
                                    and state in ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED', 'FAILED', 'PARKED')""").params(true, false, id).update() > 0;
    }

    /// A job that runs is told at its next look; another rests at once.
    ///
    /// @return whether there was something to pause
    boolean requestPause(String id) {
        return database.writes().sql("""
                                update jobs set pause_requested = (state = 'RUNNING'), next_attempt_at = null,
                                    state = case state when 'RUNNING' then state else 'PAUSED' end
                                where id = ? and cancel_requested = ?
                                    and state in ('QUEUED', 'RUNNING', 'WAITING')""").params(id, false).update() > 0;
    }

    /// A wish to pause that came while a run was ending for another reason is heeded now.
    ///
    /// @return whether there was one
    boolean pauseQueued(String id) {
        return database.writes().sql("""
                                update jobs set state = 'PAUSED', pause_requested = ?, next_attempt_at = null
                                where id = ? and pause_requested = ? and cancel_requested = ?
                                    and state in ('QUEUED', 'WAITING')""").params(false, id, true, false).update() > 0;
    }

    /// Withdraws the wish to pause, or queues a job that rests.
    ///
    /// @return whether there was something to resume
    boolean resume(String id) {
        return database.writes().sql("""
                                update jobs set pause_requested = ?, error = null,
                                    attempts = case state when 'RUNNING' then attempts else 0 end,
                                    state = case state when 'RUNNING' then state else 'QUEUED' end
                                where id = ? and (state = 'PAUSED' or (state = 'RUNNING' and pause_requested = ?))""").params(false, id, true).update() > 0;
    }

    /// Where a job is; until the transaction ends nobody else changes it.
    Optional<JobState> lock(String id) {
        return database.writes()
                .sql("update jobs set fence = fence where id = ? returning state")
                .param(id)
                .query(String.class)
                .optional()
                .map(JobState::valueOf);
    }

    /// A wish to cancel that came while a run was failing is heeded by one more run.
    ///
    /// @return whether there was one
    boolean queueCancelled(String id) {
        return database.writes().sql("""
                                update jobs set state = 'QUEUED', attempts = 0, finished_at = null
                                where id = ? and cancel_requested = ? and state in ('FAILED', 'WAITING', 'PAUSED')""").params(id, true).update() > 0;
    }

    boolean cancelRequested(String id) {
        return database.writes()
                .sql("select cancel_requested from jobs where id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /// Whether this run may still write.
    boolean holds(String id, long fence) {
        return database.writes()
                        .sql("update jobs set fence = fence where id = ? and fence = ? and state = 'RUNNING'")
                        .params(id, fence)
                        .update()
                > 0;
    }

    /// @return whether the job had failed or waits, and is now queued anew
    boolean requeue(String id) {
        return database.writes().sql("""
                                update jobs set state = 'QUEUED', attempts = 0, cancel_requested = ?, pause_requested = ?,
                                                error = null, next_attempt_at = null, finished_at = null
                                where id = ? and state in ('FAILED', 'CANCELLED', 'WAITING', 'PARKED')""").params(false, false, id).update() > 0;
    }

    Optional<Job> find(String id) {
        return database.reads()
                .sql("select " + COLUMNS + " from jobs where id = ?")
                .param(id)
                .query(JobRows::job)
                .optional();
    }

    Optional<Job> latest(String subject) {
        return database.reads()
                .sql("select " + COLUMNS + " from jobs where subject = ? order by created_at desc, id desc limit 1")
                .param(subject)
                .query(JobRows::job)
                .optional();
    }

    /// @param kind only jobs of this one; empty for all
    List<Job> latest(String kind, Collection<String> subjects) {
        return database.reads()
                .sql(
                        "select " + COLUMNS + " from (select j.*, row_number() over"
                                + " (partition by subject order by created_at desc, id desc) as nth"
                                + " from jobs j where subject in (:subjects) and (:kind = '' or kind = :kind)) placed where nth = 1")
                .param("subjects", subjects)
                .param("kind", kind)
                .query(JobRows::job)
                .list();
    }

    List<Job> newest(int limit) {
        return database.reads()
                .sql("select " + COLUMNS + " from jobs order by created_at desc, id desc limit ?")
                .param(limit)
                .query(JobRows::job)
                .list();
    }

    List<Job> older(@Nullable JobState state, Instant than, String id, int limit) {
        return database.reads()
                .sql("select " + COLUMNS + " from jobs where (created_at < ? or (created_at = ? and id < ?))"
                        + " and (? = '' or state = ?) order by created_at desc, id desc limit ?")
                .params(
                        than.toEpochMilli(),
                        than.toEpochMilli(),
                        id,
                        state == null ? "" : state.name(),
                        state == null ? "" : state.name(),
                        limit)
                .query(JobRows::job)
                .list();
    }

    List<Job> active(int limit) {
        return database.reads()
                .sql("select " + COLUMNS + " from jobs where state in ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED')"
                        + " order by case state when 'PAUSED' then 1 else 0 end, created_at, id limit ?")
                .param(limit)
                .query(JobRows::job)
                .list();
    }

    List<Job> running() {
        return database.reads()
                .sql("select " + COLUMNS + " from jobs where state = 'RUNNING' order by created_at, id")
                .query(JobRows::job)
                .list();
    }

    List<Jobs.Tally> tallies() {
        return database.reads()
                .sql("select kind, state, count(*), sum(bytes_per_second) from jobs group by kind, state")
                .query((row, n) -> new Jobs.Tally(
                        row.getString(1), JobState.valueOf(row.getString(2)), row.getLong(3), row.getLong(4)))
                .list();
    }

    private static Job job(ResultSet row, int n) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                row.getString("subject"),
                JobState.valueOf(row.getString("state")),
                row.getBoolean("cancel_requested"),
                row.getInt("attempts"),
                new Job.Progress(
                        row.getLong("done_bytes"), row.getLong("total_bytes"), row.getLong("bytes_per_second")),
                row.getString("error"),
                new Job.Turn(
                        JobPriority.valueOf(row.getString("priority")), row.getString("root"), row.getString("node")),
                new Job.Times(
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Columns.instant(row, "started_at"),
                        Columns.instant(row, "next_attempt_at"),
                        Columns.instant(row, "finished_at")),
                null);
    }
}
