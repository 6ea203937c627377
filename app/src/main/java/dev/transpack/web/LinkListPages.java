package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.LinkToken;
import dev.transpack.sharing.ShareLink;
import dev.transpack.sharing.ShareLinks;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// All links, making one, and ending one.
@Controller
class LinkListPages {
    /// What the forms offer, as [LinkLifetime] reads it.
    static final List<String> LIFETIMES = List.of("1h", "1d", "7d", "30d", "90d");

    static final String USUAL = "7d";
    private static final int PAGE = 100;

    private final ShareLinks links;
    private final LinkAddresses addresses;
    private final Packs packs;
    private final Audit audit;
    private final InstantSource clock;

    LinkListPages(ShareLinks links, LinkAddresses addresses, Packs packs, Audit audit, InstantSource clock) {
        this.links = links;
        this.addresses = addresses;
        this.packs = packs;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/links")
    String list(@RequestParam(required = false) @Nullable Instant before, Model model) {
        var page = links.newest(PAGE, before);
        model.addAttribute("links", views(page));
        if (page.size() == PAGE) model.addAttribute("before", page.getLast().created());
        return "links";
    }

    @PostMapping("/packs/{id}/links")
    String create(
            @PathVariable String id,
            @RequestParam(defaultValue = USUAL) String expires,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var pack = packs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        try {
            switch (links.create(pack, LinkLifetime.parse(expires), account.name())) {
                case LinkAnswer.Created(var link, var _) -> {
                    audit.record(account.name(), "link-made", subject(link), request.getRemoteAddr());
                    PageModel.say(after, "said.linked", true);
                }
                case LinkAnswer.Refused(var why) -> PageModel.complain(after, why);
            }
        } catch (IllegalArgumentException e) {
            PageModel.complain(after, String.valueOf(e.getMessage()));
        }
        return PageModel.redirect("/packs/" + id);
    }

    @PostMapping("/links/{id}/revoke")
    String revoke(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String back,
            @AuthenticationPrincipal Account account,
            HttpServletRequest request,
            RedirectAttributes after) {
        var link = links.get(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (links.revoke(id)) audit.record(account.name(), "link-revoked", subject(link), request.getRemoteAddr());
        PageModel.say(after, "said.revoked", true);
        return PageModel.redirect(back.equals("links") ? "/links" : "/packs/" + link.pack());
    }

    /// What the audit calls a link: never its token.
    static String subject(ShareLink link) {
        return link.id() + " of " + link.pack();
    }

    /// The links of one pack.
    List<ViewLink> of(Pack pack) {
        return views(links.newest(pack.id(), PAGE));
    }

    /// Their tokens and packs are looked up at once; only a live link has an address.
    private List<ViewLink> views(List<ShareLink> shown) {
        var now = clock.instant();
        var tokens = links.tokens(shown.stream().filter(link -> link.live(now)).toList());
        var named = packs.find(shown.stream().map(ShareLink::pack).collect(Collectors.toSet()));
        return shown.stream()
                .map(link -> ViewLink.of(link, named.get(link.pack()), address(tokens.get(link.id())), now))
                .toList();
    }

    private @Nullable String address(@Nullable LinkToken token) {
        return token == null ? null : addresses.page(token).toString();
    }
}
