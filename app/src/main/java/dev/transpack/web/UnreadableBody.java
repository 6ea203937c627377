package dev.transpack.web;

import dev.transpack.settings.Secret;
import java.util.stream.Collectors;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says what is wrong with a request's body, without a word about classes.
final class UnreadableBody {
    private UnreadableBody() {}

    static ProblemDetail detail(HttpMessageNotReadableException failure) {
        return switch (failure.getCause()) {
            case StreamConstraintsException excess -> excess(excess);
            case UnrecognizedPropertyException unknown -> ApiProblem.MALFORMED.detail(unknown(unknown));
            case MismatchedInputException mismatch -> ApiProblem.MALFORMED.detail(mismatch(mismatch));
            case InputCoercionException number ->
                ApiProblem.MALFORMED.detail("A whole number is too large" + place(number));
            case StreamReadException broken -> ApiProblem.MALFORMED.detail("The body is not JSON" + place(broken));
            case null, default -> ApiProblem.MALFORMED.detail("Send one JSON object as the body.");
        };
    }

    private static ProblemDetail excess(StreamConstraintsException excess) {
        var tooLong = excess.getOriginalMessage().startsWith("Document length")
                || excess.getOriginalMessage().startsWith("String value length");
        return tooLong
                ? ApiProblem.TOO_LARGE.detail("The body, or a text in it, is too long for the API.")
                : ApiProblem.MALFORMED.detail("The body is nested too deeply or holds too long a number.");
    }

    private static String unknown(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds();
        return "There is no field '" + unknown.getPropertyName() + "'"
                + (known == null
                        ? "."
                        : "; there are "
                                + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".");
    }

    private static String mismatch(MismatchedInputException mismatch) {
        var field = mismatch.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        var wanted = wanted(mismatch.getTargetType());
        return field.isEmpty()
                ? "Send one JSON object as the body."
                : "The field '" + field + "' takes " + wanted + ".";
    }

    private static String wanted(Class<?> type) {
        if (type == null) return "another type of value";
        if (type == Long.class || type == Integer.class || type == long.class || type == int.class)
            return "a whole number";
        if (type == Boolean.class || type == boolean.class) return "true or false";
        if (java.util.Collection.class.isAssignableFrom(type)) return "a list";
        return type == String.class || type == Secret.class ? "a text" : "another type of value";
    }

    private static String place(JacksonException broken) {
        var at = broken.getLocation();
        return at == null ? "." : ": look at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
    }
}
