package dev.parley.axonserver.platform;

import io.axoniq.axonserver.grpc.control.EventProcessorInfo;

/// Which event processor: clients that tell the same name and token store share its segments.
///
/// @param tokenStore identifier of the token store; empty for processors that have none
public record ProcessorKey(String name, String tokenStore) {

    public static ProcessorKey of(EventProcessorInfo info) {
        return new ProcessorKey(info.getProcessorName(), info.getTokenStoreIdentifier());
    }
}
