package dev.transpack.uploading;

/// How well it is known that a volume arrived as it was sent; the weaker first.
public enum Grade {
    /// Size, first and last part were compared.
    SAMPLED,
    /// The destination checked every part against the SHA-256 it was signed with.
    STRONG
}
