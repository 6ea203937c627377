package dev.transpack.sharing;

/// The answer to somebody who wants a link.
public sealed interface LinkAnswer {
    /// Here it is.
    record Created(ShareLink link, LinkToken token) implements LinkAnswer {}

    /// There is nothing to link to: one sentence with the remedy.
    record Refused(String why) implements LinkAnswer {}
}
