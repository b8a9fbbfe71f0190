package dev.parley.axonserver.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Certificates of the node, for gRPC and HTTP. Without one it speaks in clear text.
///
/// @param certificate PEM file with the node's certificate, and those of the authorities between it and a root
/// @param privateKey PEM file with its key, as PKCS#8 without a password (`BEGIN PRIVATE KEY`), RSA or EC
/// @param clientCa PEM file with the authorities whose certificates gRPC clients must show; none: clients show none
/// @param reload how often to look whether the files have changed
public record TlsProperties(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @Nullable Path clientCa,
        @DefaultValue("10s") Duration reload) {

    /// Whether clients have to speak TLS.
    public boolean enabled() {
        return certificate != null || privateKey != null || clientCa != null;
    }
}
