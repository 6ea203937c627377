package dev.transpack.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/// Whoever signed in with a one-time password reaches nothing until they have chosen their own.
final class SecurityPasswordDueFilter extends OncePerRequestFilter {
    private static final Set<String> MEANWHILE = Set.of("/password", "/logout", "/login");

    /// How to say so.
    @FunctionalInterface
    interface Refusal {
        void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private final Refusal refusal;

    SecurityPasswordDueFilter(Refusal refusal) {
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var due = SecuritySignedIn.current().filter(SecuritySignedIn::passwordDue);
        var path = request.getRequestURI().substring(request.getContextPath().length());
        if (due.isEmpty() || MEANWHILE.contains(path) || request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        refusal.write(request, response);
    }
}
