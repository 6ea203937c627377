package dev.transpack.command;

import dev.transpack.browse.BrowseQuery.Sort;
import picocli.CommandLine.ITypeConverter;

/// What a list is ordered by: `size`, or the other way round, `-size`.
record SortOrder(Sort sort, boolean descending) {
    static final ITypeConverter<SortOrder> CONVERTER = text -> {
        var descending = text.startsWith("-");
        return new SortOrder(new Word<>(Sort.class).convert(descending ? text.substring(1) : text), descending);
    };

    @Override
    public String toString() {
        return (descending ? "-" : "") + Word.of(sort);
    }
}
