package dev.transpack.uploading;

/// How far an upload is. What earlier runs had sent counts as done.
///
/// @param bytes accepted, and those of parts that are on their way
/// @param parts accepted
public record UploadProgress(long bytes, long totalBytes, int parts, int totalParts) {}
