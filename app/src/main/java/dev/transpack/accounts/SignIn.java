package dev.transpack.accounts;

import java.time.Duration;

/// What became of an attempt to sign in.
public sealed interface SignIn {
    /// Name and password fit.
    record Accepted(Account account) implements SignIn {}

    /// They do not; it is not said which.
    record Wrong() implements SignIn {}

    /// They fit, and an administrator has disabled the account.
    record Disabled() implements SignIn {}

    /// Too many attempts; this one was not looked at.
    record Throttled(Duration pause) implements SignIn {}
}
