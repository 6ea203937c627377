package dev.transpack.accounts;

/// What an account may do: everything, or everything but running the place.
public enum Role {
    ADMINISTRATOR,
    MEMBER
}
