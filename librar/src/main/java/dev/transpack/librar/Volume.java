package dev.transpack.librar;

/// One file of a pack.
///
/// @param index from 0
/// @param name file name, such as `Name.part01.rar`
/// @param length bytes
public record Volume(int index, String name, long length) {}
