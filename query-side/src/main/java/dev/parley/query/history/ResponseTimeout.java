package dev.parley.query.history;

import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import dev.parley.query.QuerySideProperties;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.elasticsearch.autoconfigure.Rest5ClientBuilderCustomizer;
import org.springframework.stereotype.Component;

/// Bounds how long Elasticsearch may take to answer. Boot's `spring.elasticsearch.socket-timeout` does not: it bounds
/// the connection's socket, which the client's HTTP/1.1 exchanges do not look at, and a server that takes a request and
/// falls silent would hold its caller, and the projection, for ever.
@Component
class ResponseTimeout implements Rest5ClientBuilderCustomizer {

    private final Timeout timeout;

    ResponseTimeout(QuerySideProperties properties) {
        this.timeout = Timeout.of(properties.indexTimeout());
    }

    @Override
    public void customize(Rest5ClientBuilder builder) {}

    @Override
    public void customize(RequestConfig.Builder requests) {
        requests.setResponseTimeout(timeout);
    }
}
