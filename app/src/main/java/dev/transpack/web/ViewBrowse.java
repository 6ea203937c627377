package dev.transpack.web;

import java.util.List;

/// A page of Browse.
///
/// @param total how many match, on all pages
/// @param next the offset of the following page; zero when this is the last
public record ViewBrowse(List<ViewDownload> rows, List<ViewFilter> filters, List<String> notices, int total, int next) {
    public ViewBrowse {
        rows = List.copyOf(rows);
        filters = List.copyOf(filters);
        notices = List.copyOf(notices);
    }
}
