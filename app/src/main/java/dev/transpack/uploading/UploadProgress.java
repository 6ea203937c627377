package dev.transpack.uploading;

/// How far an upload is. What earlier runs had sent counts as done.
public record UploadProgress(long bytes, long totalBytes, int parts, int totalParts) {}
