package dev.transpack.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in. Never holds the password's hash.
///
/// @param mustChangePassword whether a one-time password is still the password: nothing else is open until it is
/// changed
/// @param lastLoginAt when they last signed in, if ever
public record Account(
        String id,
        String name,
        Role role,
        boolean mustChangePassword,
        boolean disabled,
        Instant createdAt,
        @Nullable Instant lastLoginAt) {

    /// Whether this is an administrator.
    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR;
    }
}
