package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Accounts;
import dev.transpack.accounts.ApiTokens;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// `GET /api/v1/events`: one snapshot, then differences, as server-sent events; with `Accept: application/json` the
/// snapshot alone. The request's own (virtual) thread writes, so a slow reader slows nobody else.
@RestController
class EventsController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /// Then the client connects again, and is asked again who it is.
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final String HEARTBEAT_COMMENT = ": here\n\n";

    private final EventsHub hub;
    private final Accounts accounts;
    private final ApiTokens tokens;
    private final InstantSource clock;

    EventsController(EventsHub hub, Accounts accounts, ApiTokens tokens, InstantSource clock) {
        this.hub = hub;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping("/api/v1/events")
    void events(
            @RequestHeader(value = HttpHeaders.ACCEPT, defaultValue = "") String accept,
            @RequestHeader(value = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestHeader(value = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @AuthenticationPrincipal Account account,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        if (accept.contains(MediaType.APPLICATION_JSON_VALUE)) {
            snapshot(response);
            return;
        }
        var subscriber = hub.subscribe(lastEventId);
        if (subscriber.isEmpty()) {
            busy(response);
            return;
        }
        try {
            stream(subscriber.get(), () -> stillMay(account, authorization), response);
        } catch (IOException e) {
            // The listener went away: nobody is left to be told.
        } finally {
            hub.leave(subscriber.get());
        }
    }

    private void snapshot(HttpServletResponse response) throws IOException, InterruptedException {
        var everything = hub.everything();
        if (everything.isEmpty()) {
            busy(response);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write(everything.get());
    }

    private static void busy(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }

    /// Whether the account, and the token it came with, work still.
    private boolean stillMay(Account account, @Nullable String authorization) {
        return (authorization != null && SecurityTokenFilter.isBearer(authorization))
                ? tokens.account(SecurityTokenFilter.token(authorization)).isPresent()
                : accounts.find(account.id()).filter(now -> !now.disabled()).isPresent();
    }

    private void stream(EventsSubscriber subscriber, BooleanSupplier stillMay, HttpServletResponse response)
            throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("X-Accel-Buffering", "no");
        write(response, "retry: 2000\n\n");
        var until = clock.instant().plus(LONGEST);
        var check = clock.instant().plus(HEARTBEAT);
        while (!subscriber.ended() && clock.instant().isBefore(until)) {
            if (!clock.instant().isBefore(check)) {
                if (!stillMay.getAsBoolean()) return;
                check = clock.instant().plus(HEARTBEAT);
            }
            var message = subscriber.next(HEARTBEAT);
            if (!subscriber.ended()) write(response, message == null ? HEARTBEAT_COMMENT : message);
        }
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
