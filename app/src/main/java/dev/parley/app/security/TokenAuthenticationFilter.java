package dev.parley.app.security;

import dev.parley.app.problem.Problems;
import dev.parley.messages.RejectedException;
import dev.parley.messages.query.Session;
import dev.parley.tail.ReadBarrier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds whose token the `Authorization` header bears, as `Bearer <token>` or bare. The principal's name is the id of
/// the account, and the session is an attribute of the request. A request without the header, or with a token that is
/// not good, goes on as nobody: the rules for its
/// path
/// decide.
final class TokenAuthenticationFilter extends OncePerRequestFilter {

    private static final String BEARER = "bearer ";

    private final ReadBarrier barrier;
    private final SessionCache sessions;
    private final Problems problems;

    TokenAuthenticationFilter(ReadBarrier barrier, SessionCache sessions, Problems problems) {
        this.barrier = barrier;
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = token(request);
        if (token != null) {
            try {
                request.setAttribute(ReadBarrier.SEEN, barrier.await());
                Session session = sessions.find(token);
                if (session != null) {
                    request.setAttribute(Session.REQUEST_ATTRIBUTE, session.id());
                    authenticate(session);
                }
            } catch (RejectedException rejected) {
                problems.write(request, response, rejected.rejection());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || header.isBlank()) {
            return null;
        }
        return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : header.strip();
    }

    private static void authenticate(Session session) {
        var authorities = session.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        session.account().toString(), null, authorities));
    }
}
