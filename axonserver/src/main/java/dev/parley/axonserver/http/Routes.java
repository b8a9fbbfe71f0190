package dev.parley.axonserver.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests: finds the route, looks who asks, and keeps the number at work bounded. Bodies are not read, since
/// no route has one.
final class Routes implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final int AT_ONCE = 64;
    private static final int LONGEST_BODY = 8192;

    private final List<Route> routes;
    private final Callers callers;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    Routes(List<Route> routes, Callers callers) {
        this.routes = routes;
        this.callers = callers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) {
        if (!permits.tryAcquire()) {
            return Reply.problem(503, "Busy", "Too many requests at once", "");
        }
        try {
            return answer(exchange);
        } catch (RefusedException e) {
            return e.reply();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("An HTTP request failed unexpectedly");
            return Reply.problem(500, "Internal error", "The node failed unexpectedly; its log says why", "");
        } finally {
            permits.release();
        }
    }

    private Reply answer(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (exchange.getRequestHeaders().containsKey("Transfer-Encoding")
                || length != null && (length.length() > 6 || Integer.parseInt(length) > LONGEST_BODY)) {
            return Reply.problem(413, "Too large", "No route takes a body", "");
        }
        Target target = Target.of(exchange.getRequestURI());
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            List<String> variables = route.match(target.path());
            if (variables != null && route.method().equals(method)) {
                Reply refusal = callers.refusal(route, exchange.getRequestHeaders());
                return refusal == null ? route.answering().answer(variables, target) : refusal;
            }
            if (variables != null) {
                allowed.add(route.method());
            }
        }
        return allowed.isEmpty()
                ? Reply.problem(404, "Not found", "There is no such route", "")
                : Reply.problem(405, "Method not allowed", "This route takes " + String.join(", ", allowed), "")
                        .allowing(String.join(", ", allowed));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (!reply.allow().isEmpty()) {
            headers.set("Allow", reply.allow());
        }
        if (reply.status() == 413) {
            headers.set("Connection", "close");
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), head || reply.body().length == 0 ? -1 : reply.body().length);
        if (!head && reply.body().length > 0) {
            // Closed before the exchange is: that would first wait for the rest of the request's body.
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(reply.body());
            }
        }
    }
}
