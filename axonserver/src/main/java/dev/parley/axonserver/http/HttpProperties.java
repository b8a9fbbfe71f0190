package dev.parley.axonserver.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the HTTP side is.
///
/// @param port to listen on; 0 takes a free one, -1 is no HTTP side. Unset it is 8024, as of any Axon Server, where the
/// gRPC port is 8124, and none where that is another: a second node of a machine has to be told
/// @param address to listen on; unset it is the node's
/// @param hosts names by which it may be called while there are no access tokens; IP addresses and `localhost` always
/// may. Others are refused, so that no page in a browser can reach it under a name of its own
public record HttpProperties(
        @Nullable @Min(-1) @Max(65535) Integer port,
        @Nullable String address,
        @DefaultValue Set<String> hosts) {

    private static final int GRPC_PORT = 8124;
    private static final int HTTP_PORT = 8024;
    private static final int NONE = -1;

    /// The port to listen on, or -1.
    ///
    /// @param grpcPort of the node
    public int portBeside(int grpcPort) {
        if (port != null) {
            return port;
        }
        return grpcPort == GRPC_PORT ? HTTP_PORT : NONE;
    }
}
