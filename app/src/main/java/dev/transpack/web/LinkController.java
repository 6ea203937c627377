package dev.transpack.web;

import dev.transpack.jobs.Jobs;
import dev.transpack.librar.ArchiveException;
import dev.transpack.sharing.LinkAddresses;
import dev.transpack.sharing.LinkToken;
import dev.transpack.sharing.LinkedPack;
import dev.transpack.sharing.LinkedPacks;
import dev.transpack.sharing.LinkedVolume;
import dev.transpack.sharing.ShareLinks;
import dev.transpack.uploading.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// What a link opens: a page for people, and for programs addresses that stay the same while those they redirect to
/// live 15 minutes. No account, no session, no cookie. A wrong, an expired and a revoked link get the same answer.
@Controller
@RequestMapping("/d/{token}")
class LinkController {
    private static final String CHECKSUMS = "checksums.sfv";
    private static final String MANIFEST = "manifest";
    private static final String COME_BACK = "60";

    private final ShareLinks links;
    private final LinkedPacks packs;
    private final LinkAddresses addresses;
    private final Jobs jobs;
    private final LinkBytes bytes;

    LinkController(ShareLinks links, LinkedPacks packs, LinkAddresses addresses, Jobs jobs, LinkBytes bytes) {
        this.links = links;
        this.packs = packs;
        this.addresses = addresses;
        this.jobs = jobs;
        this.bytes = bytes;
    }

    /// Nobody but its reader is to remember any of it.
    @ModelAttribute
    void headers(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
    }

    @GetMapping
    String page(@PathVariable("token") LinkToken token, Model model) throws NoSuchLink {
        var linked = open(token);
        links.opened(linked.link());
        model.addAttribute("page", view(linked, token));
        return "link";
    }

    /// Programs ask before they fetch; that is no opening.
    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> pageHead(@PathVariable("token") LinkToken token) throws NoSuchLink {
        open(token);
        return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).build();
    }

    @GetMapping("/" + CHECKSUMS)
    ResponseEntity<String> checksums(@PathVariable("token") LinkToken token) throws NoSuchLink {
        var text = packs.checksums(open(token)).orElseThrow(NoSuchLink::new);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, saveAs(CHECKSUMS))
                .body(text);
    }

    /// What is asked for first: so it is here that one learns that the bucket does not answer, instead of from some
    /// address that leads nowhere.
    @GetMapping("/" + MANIFEST)
    @Nullable
    ResponseEntity<Void> manifest(
            @PathVariable("token") LinkToken token, HttpServletRequest request, HttpServletResponse response)
            throws NoSuchLink, IOException, InterruptedException {
        var linked = open(token);
        if (linked.served()) return own(linked, request, response);
        if (packs.manifest(linked).isEmpty()) throw new NoSuchLink();
        return redirect(packs.manifestAddress(linked).orElseThrow(NoSuchLink::new));
    }

    @RequestMapping(path = "/" + MANIFEST, method = RequestMethod.HEAD)
    @Nullable
    ResponseEntity<Void> manifestHead(
            @PathVariable("token") LinkToken token, HttpServletRequest request, HttpServletResponse response)
            throws NoSuchLink, IOException, InterruptedException {
        var linked = open(token);
        if (linked.served()) return own(linked, request, response);
        var manifest = packs.manifest(linked).orElseThrow(NoSuchLink::new);
        return described(manifest.size(), manifest.etag(), "application/json", "manifest.json");
    }

    @GetMapping("/{*volume}")
    @Nullable
    ResponseEntity<Void> volume(
            @PathVariable("token") LinkToken token,
            @PathVariable("volume") String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws NoSuchLink, IOException, InterruptedException {
        var linked = open(token);
        var volume = find(linked, name);
        if (linked.served()) return bytes(linked, volume, token, request, response);
        return redirect(packs.address(linked, volume));
    }

    /// Answered here: a presigned GET refuses a HEAD.
    @RequestMapping(path = "/{*volume}", method = RequestMethod.HEAD)
    @Nullable
    ResponseEntity<Void> volumeHead(
            @PathVariable("token") LinkToken token,
            @PathVariable("volume") String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws NoSuchLink, IOException, InterruptedException {
        var linked = open(token);
        var volume = find(linked, name);
        if (linked.served()) return bytes(linked, volume, token, request, response);
        return described(volume.size(), volume.etag(), volume.contentType(), volume.fileName());
    }

    /// Without this the framework would log the whole address, token included.
    @RequestMapping("/**")
    void nothingElse() throws NoSuchLink {
        throw new NoSuchLink();
    }

    /// The one page for everything that is not there, or not any more.
    @ExceptionHandler(NoSuchLink.class)
    String noSuchLink(HttpServletResponse response) {
        headers(response);
        response.setStatus(HttpStatus.NOT_FOUND.value());
        return "link-gone";
    }

    /// The link is good and its bucket cannot be asked.
    @ExceptionHandler(StoreException.class)
    ResponseEntity<String> away(HttpServletResponse response) {
        headers(response);
        return sentence(
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, COME_BACK),
                "The place these files lie in cannot be reached now: try again later.\n");
    }

    /// The link is good and the files behind it are not what they were: asking again helps only when they are back.
    @ExceptionHandler(ArchiveException.class)
    ResponseEntity<String> changed(HttpServletResponse response) {
        headers(response);
        return sentence(
                ResponseEntity.status(HttpStatus.GONE),
                "These files were changed or removed where they lie: ask who sent you the link to send them"
                        + " again.\n");
    }

    /// To be read, not to be saved: without a word on that the framework invents a file name.
    private static ResponseEntity<String> sentence(ResponseEntity.BodyBuilder answer, String text) {
        return answer.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .body(text);
    }

    private @Nullable ResponseEntity<Void> bytes(
            LinkedPack linked,
            LinkedVolume volume,
            LinkToken token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        bytes.answer(linked.pack(), volume, () -> packs.open(token).isPresent(), request, response);
        return null;
    }

    private @Nullable ResponseEntity<Void> own(
            LinkedPack linked, HttpServletRequest request, HttpServletResponse response)
            throws NoSuchLink, IOException {
        if (!linked.sealed() || !bytes.manifest(linked.pack(), request, response)) throw new NoSuchLink();
        return null;
    }

    private LinkedPack open(LinkToken token) throws NoSuchLink {
        return packs.open(token).orElseThrow(NoSuchLink::new);
    }

    private LinkedVolume find(LinkedPack linked, String name) throws NoSuchLink {
        return packs.volume(linked, name.substring(1)).orElseThrow(NoSuchLink::new);
    }

    private LinkPage view(LinkedPack linked, LinkToken token) {
        var progress = jobs.latest(linked.pack().id()).map(job -> job.progress());
        return LinkPage.of(
                linked,
                packs.volumes(linked),
                packs.files(linked, LinkPage.MOST_FILES + 1),
                name -> addresses.of(token, name),
                progress);
    }

    private static ResponseEntity<Void> redirect(URI address) {
        return ResponseEntity.status(HttpStatus.FOUND).location(address).build();
    }

    private static ResponseEntity<Void> described(long size, String etag, String type, String name) {
        var answer = ResponseEntity.ok()
                .contentLength(size)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, saveAs(name));
        return Optional.of(etag)
                .filter(text -> !text.isEmpty())
                .map(text -> answer.eTag("\"" + text + "\""))
                .orElse(answer)
                .build();
    }

    private static String saveAs(String name) {
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    /// Says nothing: not which link, and not why.
    static final class NoSuchLink extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
