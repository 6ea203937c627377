package dev.transpack.web;

import dev.transpack.browse.Downloads;
import dev.transpack.packing.Pack;
import dev.transpack.packing.PackState;
import dev.transpack.packing.Packs;
import dev.transpack.space.Space;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The overview: what waits, what moves, what failed, and how much room there is.
@Controller
class HomePage {
    private static final int LOOKED_AT = 200;
    private static final int SHOWN = 8;

    private final BrowseList list;
    private final Downloads downloads;
    private final Packs packs;
    private final PackViews views;
    private final Space space;

    HomePage(BrowseList list, Downloads downloads, Packs packs, PackViews views, Space space) {
        this.list = list;
        this.downloads = downloads;
        this.packs = packs;
        this.views = views;
        this.space = space;
    }

    @GetMapping("/home")
    String overview(Model model) {
        var newest = packs.newest(LOOKED_AT, null);
        model.addAttribute("tallies", list.tallies());
        downloads.space().ifPresent(space -> model.addAttribute("space", space));
        model.addAttribute("warnings", space.report().sentences());
        model.addAttribute("moving", some(newest, pack -> ViewPack.moving(pack.state())));
        model.addAttribute("failed", some(newest, HomePage::needsSomebody));
        model.addAttribute(
                "waiting",
                some(
                        newest,
                        pack -> pack.state() == PackState.READY
                                && pack.damage() == null
                                && pack.times().home() == null));
        return "home";
    }

    private static boolean needsSomebody(Pack pack) {
        return pack.state() == PackState.FAILED || pack.damage() != null;
    }

    private List<ViewPack> some(List<Pack> packs, Predicate<Pack> wanted) {
        return views.listed(packs.stream().filter(wanted).limit(SHOWN).toList());
    }
}
