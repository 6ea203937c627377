package dev.transpack.command;

/// A command cannot do what was asked; the message is a sentence with the remedy.
final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandRefused(String message) {
        super(message);
    }
}
