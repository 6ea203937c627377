package dev.transpack.web;

import dev.transpack.accounts.Audit;
import dev.transpack.packing.Pack;
import dev.transpack.packing.Packs;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkAnswer;
import dev.transpack.sharing.LinkLifetime;
import dev.transpack.sharing.LinkToken;
import dev.transpack.sharing.ShareLink;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.sharing.SharingSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Links of packs: made, listed, revoked.
@RestController
@RequestMapping("/api/v1")
class ApiLinks {
    private final ShareLinks links;
    private final LinkAddresses addresses;
    private final SharingSettings settings;
    private final Packs packs;
    private final Audit audit;
    private final InstantSource clock;

    ApiLinks(
            ShareLinks links,
            LinkAddresses addresses,
            SharingSettings settings,
            Packs packs,
            Audit audit,
            InstantSource clock) {
        this.links = links;
        this.addresses = addresses;
        this.settings = settings;
        this.packs = packs;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param expiresIn such as `12h`, `7d` or `P7D`; none takes the setting
    record Wish(@Nullable String expiresIn) {}

    @PostMapping("/packs/{id}/links")
    ResponseEntity<ApiLinkView> create(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Wish wish,
            Principal who,
            HttpServletRequest request) {
        var pack = ApiPacks.known(packs, id);
        return switch (links.create(pack, lifetime(wish), who.getName())) {
            case LinkAnswer.Created(var link, var token) -> {
                audit.record(who.getName(), "link-made", LinkListPages.subject(link), request.getRemoteAddr());
                var url = addresses.page(token).toString();
                yield ResponseEntity.status(HttpStatus.CREATED)
                        .body(ApiLinkView.of(link, pack.name(), url, clock.instant()));
            }
            case LinkAnswer.Refused(var why) -> throw new ApiException(ApiProblem.WRONG_STATE, why);
        };
    }

    /// @param pack shows the links of that pack only
    @GetMapping("/links")
    ApiPage<ApiLinkView> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String pack) {
        var from = ApiCursor.parse(cursor);
        var found = links.older(pack, from.than(), from.id(), ApiPage.limit(limit));
        return ApiPage.of(found, views(found), limit, link -> new ApiCursor(link.created(), link.id()));
    }

    @DeleteMapping("/links/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String id, Principal who, HttpServletRequest request) {
        var link = links.get(id)
                .orElseThrow(() -> new ApiException(
                        ApiProblem.NOT_FOUND, "There is no link " + id + ": GET /api/v1/links lists what there is."));
        if (links.revoke(id))
            audit.record(who.getName(), "link-revoked", LinkListPages.subject(link), request.getRemoteAddr());
    }

    private LinkLifetime lifetime(@Nullable Wish wish) {
        if (wish == null || wish.expiresIn() == null) return settings.expires();
        try {
            return LinkLifetime.parse(wish.expiresIn());
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    ApiProblem.WRONG_REQUEST,
                    "'expiresIn' takes a time from 1m to 365d, written as 30m, 12h, 7d or P7D.");
        }
    }

    private List<ApiLinkView> views(List<ShareLink> shown) {
        var tokens = links.tokens(shown);
        var named = packs.find(shown.stream().map(ShareLink::pack).collect(Collectors.toSet()));
        return shown.stream()
                .map(link -> view(link, named.get(link.pack()), tokens.get(link.id())))
                .toList();
    }

    private ApiLinkView view(ShareLink link, @Nullable Pack pack, @Nullable LinkToken token) {
        var url = token == null ? null : addresses.page(token).toString();
        return ApiLinkView.of(link, pack == null ? "" : pack.name(), url, clock.instant());
    }
}
