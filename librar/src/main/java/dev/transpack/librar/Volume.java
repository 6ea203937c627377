package dev.transpack.librar;

import java.util.List;

/// One file of a pack.
///
/// @param index from 0
/// @param name file name, such as `Name.part01.rar`
/// @param length bytes
/// @param firstSegment index of its first segment in the plan
/// @param segments its slice of the plan's segments
public record Volume(int index, String name, long length, int firstSegment, List<Segment> segments) {}
