package dev.parley.notifications.gateway;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Carries Firebase's requests over the JDK's HTTP client, to another endpoint where one is configured.
///
/// A call is one attempt: Firebase's client would itself repeat up to four times, waiting up to a
/// minute each, when it sees a 503 or an [IOException]. The outbox repeats, durably, so a 503 is shown
/// to it as a 500 (FCM says what it means in the body) and a broken connection is an
/// [UncheckedIOException], which it lets through.
final class FcmTransport extends HttpTransport {

    private static final String FCM_HOST = "fcm.googleapis.com";

    private final HttpClient client;
    private final @Nullable URI endpoint;
    private final Duration timeout;

    /// @param endpoint scheme, host and port to use instead of `https://fcm.googleapis.com`
    /// @param timeout for one attempt, connecting included
    FcmTransport(@Nullable URI endpoint, Duration timeout) {
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Attempt(method, redirected(URI.create(url)));
    }

    private URI redirected(URI url) {
        return endpoint == null || !FCM_HOST.equals(url.getHost()) ? url : endpoint.resolve(url.getRawPath());
    }

    @Override
    public void shutdown() {
        client.shutdown();
    }

    private final class Attempt extends LowLevelHttpRequest {

        private final String method;
        private final HttpRequest.Builder request;

        Attempt(String method, URI url) {
            this.method = method;
            this.request = HttpRequest.newBuilder(url).timeout(timeout);
        }

        @Override
        public void addHeader(String name, String value) {
            request.header(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() {
            try {
                request.method(method, body());
                if (getContentType() != null) {
                    request.header("Content-Type", getContentType());
                }
                if (getContentEncoding() != null) {
                    request.header("Content-Encoding", getContentEncoding());
                }
                return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("Interrupted", e));
            }
        }

        private BodyPublisher body() throws IOException {
            if (getStreamingContent() == null) {
                return BodyPublishers.noBody();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            getStreamingContent().writeTo(bytes);
            return BodyPublishers.ofByteArray(bytes.toByteArray());
        }
    }

    /// The status that Firebase's client is to see.
    static int status(HttpResponse<?> response) {
        return response.statusCode() == 503 ? 500 : response.statusCode();
    }
}
