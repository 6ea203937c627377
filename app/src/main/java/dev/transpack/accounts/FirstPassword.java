package dev.transpack.accounts;

import dev.transpack.settings.Secret;

/// The first administrator's one-time password. It exists here and nowhere else: show it now or never.
public record FirstPassword(String user, Secret password) {}
