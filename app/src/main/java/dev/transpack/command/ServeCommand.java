package dev.transpack.command;

import picocli.CommandLine.Command;

/// `transpack serve`.
@Command(
        name = "serve",
        description = "The page, the API and the background work in one process.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ServeCommand extends ServeOptions {}
