package dev.parley.axonserver;

import dev.parley.axonserver.access.AccessProperties;
import dev.parley.axonserver.eventquery.EventQueryProperties;
import dev.parley.axonserver.http.HttpProperties;
import dev.parley.axonserver.platform.HeartbeatProperties;
import dev.parley.axonserver.protocol.ContextRouting;
import dev.parley.axonserver.protocol.RoutingProperties;
import dev.parley.axonserver.storage.StorageProperties;
import dev.parley.axonserver.tls.TlsProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Settings of the node.
///
/// @param port to listen on; 0 takes a free one
/// @param address to listen on; anything but loopback wants access tokens, or `access.open`
/// @param name of the node, as clients log it
/// @param contexts that it holds; one that is new gets an empty event store, one that is left out keeps its events
/// @param maxMessageSize how large one gRPC message may be; the connector's own default is 4 MB too
/// @param startTimeout how long to wait for a predecessor to let go of the event store
/// @param closeTimeout how long clients have to leave when the node shuts down
@Validated
@ConfigurationProperties("parley.axonserver")
public record AxonServerNodeProperties(
        @DefaultValue("8124") @Min(0) @Max(65535) int port,
        @DefaultValue("127.0.0.1") @NotBlank String address,
        @DefaultValue("parley") @NotBlank String name,

        @DefaultValue(ContextRouting.DEFAULT_CONTEXT) @NotEmpty
        Set<@Pattern(regexp = "[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}") String> contexts,

        @DefaultValue("4MB") @NotNull DataSize maxMessageSize,
        @DefaultValue("10s") @NotNull Duration startTimeout,
        @DefaultValue("5s") @NotNull Duration closeTimeout,
        @DefaultValue @Valid AccessProperties access,
        @DefaultValue @Valid TlsProperties tls,
        @DefaultValue @Valid HttpProperties http,
        @DefaultValue @Valid HeartbeatProperties heartbeat,
        @DefaultValue @Valid RoutingProperties routing,
        @DefaultValue @Valid StorageProperties storage,
        @DefaultValue @Valid EventQueryProperties eventQueries) {

    /// Where the HTTP side listens.
    public String httpAddress() {
        return http.address() == null ? address : http.address();
    }

    /// The defaults, changed where asked, without a Spring context. Values are not validated.
    ///
    /// @param changes names below `parley.axonserver`, such as `port` or `storage.readers`
    public static AxonServerNodeProperties with(Map<String, ?> changes) {
        return new Binder(new MapConfigurationPropertySource(changes)).bindOrCreate("", AxonServerNodeProperties.class);
    }
}
