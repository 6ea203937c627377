package dev.transpack.web;

import dev.transpack.browse.Download;
import dev.transpack.browse.DownloadId;
import dev.transpack.browse.Downloads;
import dev.transpack.packing.LatestPacks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Browse, which is the first page, and the page of one download with its files.
@Controller
class BrowsePages {
    private final BrowseList list;
    private final Downloads downloads;
    private final LatestPacks packs;

    BrowsePages(BrowseList list, Downloads downloads, LatestPacks packs) {
        this.list = list;
        this.downloads = downloads;
        this.packs = packs;
    }

    @GetMapping("/")
    String browse(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "0") int offset,
            Model model) {
        var question = BrowseQuestion.of(q, id, stage, sort, offset);
        model.addAttribute("question", question);
        model.addAttribute("browse", list.answer(question));
        return "browse";
    }

    @GetMapping("/downloads/{id}")
    String one(@PathVariable String id, @RequestParam(defaultValue = "") String path, Model model) {
        var download = find(downloads, id);
        model.addAttribute(
                "download", list.views(List.of(download), packs.of(List.of(id))).getFirst());
        model.addAttribute("path", path);
        downloads.files(download.id()).ifPresent(files -> model.addAttribute("tree", ViewTree.of(files, path)));
        return "download";
    }

    /// @throws ResponseStatusException that ends as the page for what is not there
    static Download find(Downloads downloads, String id) {
        try {
            return downloads.find(new DownloadId(id)).orElseThrow(BrowsePages::notThere);
        } catch (IllegalArgumentException e) {
            throw notThere();
        }
    }

    private static ResponseStatusException notThere() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
