package dev.transpack.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A choice as it is written on the command line and in the API: lower case, with dashes. Others are wrong usage.
record Word<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
    @Override
    public E convert(String text) {
        for (var choice : type.getEnumConstants()) if (of(choice).equalsIgnoreCase(text.strip())) return choice;
        var known = Arrays.stream(type.getEnumConstants()).map(Word::of).collect(Collectors.joining(", "));
        throw new TypeConversionException(
                "there is no '" + text + "'; write " + (type.getEnumConstants().length == 1 ? "" : "one of ") + known);
    }

    static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The filter of a list that lets only this choice through; none for everything.
    static Map<String, String> filter(String name, @Nullable Enum<?> choice) {
        return choice == null ? Map.of() : Map.of(name, of(choice));
    }
}
