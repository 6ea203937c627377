package dev.transpack.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// How a list is shown: columns under their heads, aligned. The last is as wide as it likes: names go there.
final class Table<T> {
    private record Column<T>(String head, Function<T, String> cell) {}

    private final List<Column<T>> columns;

    private Table(List<Column<T>> columns) {
        this.columns = columns;
    }

    static <T> Table<T> empty() {
        return new Table<>(List.of());
    }

    /// This table with one column more.
    Table<T> column(String head, Function<T, String> cell) {
        var all = new ArrayList<>(columns);
        all.add(new Column<>(head, cell));
        return new Table<>(List.copyOf(all));
    }

    /// One text a line, the heads first, without blanks at its end.
    List<String> lines(List<T> items) {
        var rows = new ArrayList<List<String>>();
        rows.add(columns.stream().map(Column::head).toList());
        for (var item : items) rows.add(cells(item));
        var widths = IntStream.range(0, columns.size() - 1)
                .map(column -> width(rows, column))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private List<String> cells(T item) {
        return columns.stream()
                .map(column -> Plain.line(column.cell().apply(item)))
                .toList();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> Plain.width(row.get(column))).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var cell = row.get(column);
            line.append(cell).repeat(" ", widths[column] - Plain.width(cell) + 2);
        }
        return line.append(row.getLast()).toString().stripTrailing();
    }
}
