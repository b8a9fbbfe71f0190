package dev.parley.query.archive;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Breaks the connection under an answer that could not be finished, so that nobody takes the part of
/// it for all. An answer that ended in the ordinary way would be closed with an empty chunk (RFC 9112,
/// section 7.1).
///
/// Tomcat breaks it for this exception without adding its error page to what was sent already.
@Component
class CutOffFilter extends OncePerRequestFilter {

    private static final String CUT_OFF = CutOffFilter.class.getName();

    /// Has the connection of this request broken when its handler returns.
    static void cutOff(HttpServletRequest request) {
        request.setAttribute(CUT_OFF, true);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().endsWith(ExportController.PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(CUT_OFF) != null) {
            throw new ClientAbortException("The export was cut off");
        }
    }
}
