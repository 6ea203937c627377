package dev.transpack;

import dev.transpack.command.TranspackCommand;

/// Where the program starts.
public final class Transpack {
    private Transpack() {}

    public static void main(String[] args) {
        System.exit(TranspackCommand.run(args));
    }
}
