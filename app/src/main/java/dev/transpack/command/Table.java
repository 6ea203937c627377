package dev.transpack.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Rows under a head, aligned. The last column is as wide as it likes: names go there.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(List.of(head));
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Plain::line).toList());
    }

    /// A cell for a time: `2026-11-22 14:05`, in UTC; empty when it is not known.
    static String time(JsonNode time) {
        var text = time.asString("");
        return text.length() < 16 ? "" : text.substring(0, 16).replace('T', ' ');
    }

    /// One text a line, without blanks at its end.
    List<String> lines() {
        var columns = rows.getFirst().size();
        var widths = IntStream.range(0, columns - 1)
                .map(column -> rows.stream()
                        .mapToInt(row -> Plain.width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
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
