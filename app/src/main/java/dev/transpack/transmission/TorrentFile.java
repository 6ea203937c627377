package dev.transpack.transmission;

/// One file of a torrent. The name has the torrent's folder in front and slashes inside; as with [Torrent], it is
/// not quite what is on the disk. Of a file that is not wanted only stray pieces may exist.
public record TorrentFile(String name, long length, long completed, boolean wanted) {}
