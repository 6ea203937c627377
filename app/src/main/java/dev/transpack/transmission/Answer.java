package dev.transpack.transmission;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An object in a daemon's answer, read leniently: a number may come as a string or with a fraction, and what is
/// missing is zero or empty. Names are given as the newer daemons write them.
record Answer(JsonNode node, RpcStyle style) {

    /// The end of the year 9999: what is beyond is no date.
    private static final long LATEST = 253_402_300_799L;

    /// A fact of the session or of a call's result, which older daemons spell otherwise than a field.
    JsonNode fact(String name) {
        return node.path(style.parameter(name));
    }

    JsonNode field(String name) {
        return node.path(style.field(name));
    }

    long whole(String name) {
        return (long) number(field(name));
    }

    double fraction(String name) {
        return number(field(name));
    }

    String text(String name) {
        return text(field(name));
    }

    boolean flag(String name) {
        return flag(field(name));
    }

    /// Seconds since 1970; zero and below mean never.
    @Nullable
    Instant instant(String name) {
        var seconds = whole(name);
        return seconds <= 0 || seconds > LATEST ? null : Instant.ofEpochSecond(seconds);
    }

    List<String> texts(String name) {
        return items(field(name)).map(Answer::text).toList();
    }

    Stream<Answer> objects(String name) {
        return items(field(name)).map(item -> new Answer(item, style));
    }

    static String text(JsonNode value) {
        return value.isString()
                ? value.stringValue()
                : value.isNumber() ? value.numberValue().toString() : "";
    }

    static boolean flag(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : number(value) != 0;
    }

    /// Finite.
    static double number(JsonNode value) {
        if (value.isNumber()) return finite(value.numberValue().doubleValue());
        if (value.isBoolean()) return value.booleanValue() ? 1 : 0;
        return parse(text(value).strip());
    }

    private static double parse(String text) {
        if (text.isEmpty()) return 0;
        try {
            return finite(new BigDecimal(text).doubleValue());
        } catch (NumberFormatException e) {
            return 0; // a daemon that says "none" or "inf" here means that there is nothing to count
        }
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return list.isArray() ? list.valueStream() : Stream.empty();
    }
}
