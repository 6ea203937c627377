/// Durable background work: kinds, state, progress, cancel and retry, on db-scheduler.
/// Knows no concrete job.
@NullMarked
package dev.transpack.jobs;

import org.jspecify.annotations.NullMarked;
