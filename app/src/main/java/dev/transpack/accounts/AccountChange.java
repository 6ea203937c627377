package dev.transpack.accounts;

/// What became of a wish to make or change an account.
public sealed interface AccountChange {
    /// It is as wished.
    record Done(Account account) implements AccountChange {}

    /// Nothing was changed.
    ///
    /// @param why a sentence for the person who wished it, with the remedy
    record Refused(String why) implements AccountChange {}
}
