package dev.transpack.web;

import dev.transpack.database.Database;
import dev.transpack.database.DatabaseUnwritableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/// Sessions that are written only when there is something to write. When one was last used is kept to the minute: a
/// page that polls or streams must not keep the database's one writer busy.
final class SessionStore<S extends Session> implements SessionRepository<SessionStore.Kept<S>> {
    private static final Duration USE_KNOWN_TO = Duration.ofMinutes(1);
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final SessionRepository<S> rows;
    private final Database database;

    private SessionStore(SessionRepository<S> rows, Database database) {
        this.rows = rows;
        this.database = database;
    }

    static <S extends Session> SessionStore<S> over(SessionRepository<S> rows, Database database) {
        return new SessionStore<>(rows, database);
    }

    @Override
    public Kept<S> createSession() {
        var kept = new Kept<>(rows.createSession());
        kept.changed = true;
        return kept;
    }

    @Override
    public void save(Kept<S> session) {
        if (!session.changed && !session.used) return;
        try {
            database.inTransaction(() -> rows.save(session.session));
        } catch (DatabaseUnwritableException e) {
            // When it was last used is no reason to refuse what only reads.
            if (session.changed) throw e;
        }
        session.changed = false;
        session.used = false;
    }

    @Override
    public @Nullable Kept<S> findById(String id) {
        if (!ID.matcher(id).matches()) return null;
        var found = rows.findById(id);
        return found == null ? null : new Kept<>(found);
    }

    @Override
    public void deleteById(String id) {
        rows.deleteById(id);
    }

    /// A session that knows whether it was changed since it was read.
    static final class Kept<S extends Session> implements Session {
        private final S session;
        private boolean changed;
        private boolean used;

        Kept(S session) {
            this.session = session;
        }

        @Override
        public String getId() {
            return session.getId();
        }

        @Override
        public String changeSessionId() {
            changed = true;
            return session.changeSessionId();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
        public <T> @Nullable T getAttribute(String name) {
            return session.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return session.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            changed = true;
            if (value == null) session.removeAttribute(name);
            else session.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            changed = true;
            session.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return session.getCreationTime();
        }

        @Override
        public void setLastAccessedTime(Instant time) {
            if (Duration.between(session.getLastAccessedTime(), time).compareTo(USE_KNOWN_TO) < 0) return;
            used = true;
            session.setLastAccessedTime(time);
        }

        @Override
        public Instant getLastAccessedTime() {
            return session.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            changed = true;
            session.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return session.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return session.isExpired();
        }
    }
}
