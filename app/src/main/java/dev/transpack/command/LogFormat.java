package dev.transpack.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How log lines are written to standard error.
enum LogFormat {
    /// For people: a time, a level, who says it, what, and the facts as `key="value"`.
    TEXT,
    /// For programs: one JSON object a line, the facts in `kvpList`.
    JSON;

    private static final String APPENDER = "ERR";

    /// From now on, until the framework reads logback.xml again, which it does when it starts.
    void apply() {
        if (this == TEXT || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (!(root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console)) return;
        console.stop();
        console.setEncoder(encoder(context));
        console.start();
    }

    private static JsonEncoder encoder(LoggerContext context) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.start();
        return encoder;
    }
}
