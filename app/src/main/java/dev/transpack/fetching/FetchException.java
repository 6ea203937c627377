package dev.transpack.fetching;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A fetch cannot go on; the message is a sentence for people that says why and what to do.
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What decides about another try.
    enum Kind {
        /// Asking again may help, also after a while.
        MAY_PASS,
        /// Asking again helps soon or not at all.
        MAY_BE_CHANCE,
        /// It will not.
        FINAL
    }

    private final Kind kind;

    FetchException(Kind kind, String sentence) {
        this(kind, sentence, null);
    }

    FetchException(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    static FetchException mayPass(String sentence) {
        return new FetchException(Kind.MAY_PASS, sentence);
    }

    static FetchException endsIt(String sentence) {
        return new FetchException(Kind.FINAL, sentence);
    }

    Kind kind() {
        return kind;
    }
}
