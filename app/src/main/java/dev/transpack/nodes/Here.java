package dev.transpack.nodes;

/// This process among the nodes.
///
/// @param id of its row: another at every start
/// @param name as its settings say
public record Here(String id, String name, Sight sight) {}
