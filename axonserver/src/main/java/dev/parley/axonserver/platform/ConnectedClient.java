package dev.parley.axonserver.platform;

import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import java.util.Collection;

/// A client that has registered and is connected now.
///
/// @param context that it is connected to; one that uses several counts once in each
/// @param version of its connector or framework, as it says itself
/// @param processors what it told last about its event processors
public record ConnectedClient(
        String context, String clientId, String component, String version, Collection<EventProcessorInfo> processors) {}
