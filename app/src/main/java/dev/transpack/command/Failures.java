package dev.transpack.command;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns what went wrong into sentences for a person: no stack trace, exit code 1. `TRANSPACK_DEBUG=1` shows the trace.
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        command.getErr().println(Plain.lines(Sentences.of(failure)));
        if (System.getenv("TRANSPACK_DEBUG") != null)
            LoggerFactory.getLogger(Failures.class).atError().setCause(failure).log("command failed");
        return CommandLine.ExitCode.SOFTWARE;
    }
}
