package dev.parley.query.history;

import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import dev.parley.query.QuerySideProperties;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.elasticsearch.autoconfigure.Rest5ClientBuilderCustomizer;
import org.springframework.stereotype.Component;

/// How many connections there are to each server of Elasticsearch, as many as are read from at once and some to write,
/// and how long it may take to answer. Boot's `spring.elasticsearch.socket-timeout` does not bound that: it bounds the
/// connection's socket, which the client's HTTP/1.1 exchanges do not look at, and a server that takes a request and
/// falls silent would hold its caller, and the projection, for ever.
@Component
class ElasticsearchConnections implements Rest5ClientBuilderCustomizer {

    /// Live projections, a rebuild's requests and what operators ask.
    private static final int WRITING = 16;

    private final Timeout timeout;
    private final int connections;

    ElasticsearchConnections(QuerySideProperties properties) {
        this.timeout = Timeout.of(properties.indexTimeout());
        this.connections = properties.reads() + WRITING;
    }

    @Override
    public void customize(Rest5ClientBuilder builder) {}

    @Override
    public void customize(RequestConfig.Builder requests) {
        requests.setResponseTimeout(timeout);
    }

    @Override
    public void customize(PoolingAsyncClientConnectionManagerBuilder manager) {
        manager.setMaxConnPerRoute(connections).setMaxConnTotal(3 * connections);
    }
}
