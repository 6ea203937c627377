package dev.transpack.web;

import dev.transpack.accounts.Account;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/// Who sends this request: an account, through a session or a token. Controllers take the account itself:
/// `@AuthenticationPrincipal Account account`.
final class SecuritySignedIn extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Account account;
    private final boolean byToken;

    private SecuritySignedIn(Account account, boolean byToken) {
        super(List.of(new SimpleGrantedAuthority("ROLE_" + account.role().name())));
        this.account = account;
        this.byToken = byToken;
        setAuthenticated(true);
    }

    static SecuritySignedIn bySession(Account account) {
        return new SecuritySignedIn(account, false);
    }

    static SecuritySignedIn byToken(Account account) {
        return new SecuritySignedIn(account, true);
    }

    /// Who it is, if anyone is signed in.
    static Optional<SecuritySignedIn> current() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof SecuritySignedIn signedIn
                ? Optional.of(signedIn)
                : Optional.empty();
    }

    /// Whether the one-time password must be changed first. A token is no password: it works meanwhile.
    boolean passwordDue() {
        return account.mustChangePassword() && !byToken;
    }

    Account account() {
        return account;
    }

    @Override
    public String getName() {
        return account.name();
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Account getPrincipal() {
        return account;
    }
}
