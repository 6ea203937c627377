package dev.transpack.web;

import dev.transpack.accounts.Account;
import dev.transpack.accounts.Accounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;

/// Who a session belongs to. A session holds nothing but the account's id, so that it survives every upgrade; the
/// account is read anew for each request, so that disabling it or changing its role counts at once.
///
/// A request with a token has no session: it stands or falls by that.
final class SessionAccounts implements SecurityContextRepository {
    private static final String ACCOUNT = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

    private final Accounts accounts;

    SessionAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    /// Begins a session for the account. The one before it ends, so that nobody can plant theirs.
    static void begin(HttpServletRequest request, Account account) {
        end(request);
        request.getSession(true).setAttribute(ACCOUNT, account.id());
    }

    static void end(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) session.invalidate();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still has it
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // Nothing: a session is begun by signing in, nowhere else.
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return account(request).isPresent();
    }

    private SecurityContext context(HttpServletRequest request) {
        return account(request)
                .map(account -> (SecurityContext) new SecurityContextImpl(SecuritySignedIn.bySession(account)))
                .orElseGet(SecurityContextHolder::createEmptyContext);
    }

    private Optional<Account> account(HttpServletRequest request) {
        if (SecurityTokenFilter.isBearer(request)) return Optional.empty();
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(ACCOUNT) instanceof String id)) return Optional.empty();
        return accounts.find(id).filter(account -> !account.disabled());
    }
}
