package dev.transpack.nodes;

/// The machine that this process runs on.
///
/// @param host its name
/// @param alone whether the database lies on it too, so that everybody who shares the database sees the same disks,
///     whatever the machine is called now
public record Machine(String host, boolean alone) {}
