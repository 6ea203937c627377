package dev.transpack.web;

/// One filter of Browse: how many there are of a stage, and how much that is.
///
/// @param stage a key under `filter`: a [ViewStage] or `ALL`
public record ViewFilter(String stage, int count, long bytes, boolean chosen) {}
