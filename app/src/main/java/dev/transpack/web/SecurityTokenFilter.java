package dev.transpack.web;

import dev.transpack.accounts.ApiTokens;
import dev.transpack.accounts.SignIns;
import dev.transpack.accounts.Waits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets requests with `Authorization: Bearer tp_...` act for the token's account. A wrong token is refused, never
/// ignored; too many wrong ones from an address have to wait.
final class SecurityTokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final ApiTokens tokens;
    private final SignIns signIns;

    SecurityTokenFilter(ApiTokens tokens, SignIns signIns) {
        this.tokens = tokens;
        this.signIns = signIns;
    }

    /// Whether the request comes with a token of ours. Any other `Authorization` is between the browser and a proxy in
    /// front of us.
    static boolean isBearer(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && isBearer(header);
    }

    static boolean isBearer(String authorization) {
        return (authorization + " ").regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /// The token in a header that [#isBearer(String)].
    static String token(String authorization) {
        return (authorization + " ").substring(SCHEME.length()).strip();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !isBearer(header)) {
            chain.doFilter(request, response);
            return;
        }
        var account = tokens.account(token(header));
        if (account.isEmpty()) {
            refuse(response, signIns.badToken(request.getRemoteAddr()));
            return;
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(SecuritySignedIn.byToken(account.get())));
        chain.doFilter(request, response);
    }

    /// An event stream is answered in a second pass: it needs the account there too.
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static void refuse(HttpServletResponse response, Optional<Duration> wait) throws IOException {
        if (wait.isPresent()) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(wait.get().plusMillis(999).toSeconds()));
            SecurityProblem.write(
                    response,
                    ApiProblem.TOO_MANY_ATTEMPTS,
                    "Try again in " + Waits.inWords(wait.get()) + ", with a token that works.");
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        SecurityProblem.write(
                response,
                ApiProblem.TOKEN_REFUSED,
                "It is wrong, expired or revoked, or its account is disabled: make a new one with transpack token"
                        + " create.");
    }
}
