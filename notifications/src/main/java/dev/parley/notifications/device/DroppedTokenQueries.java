package dev.parley.notifications.device;

import dev.parley.messages.query.DroppedTokens;
import dev.parley.messages.query.FindDroppedTokens;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/// Tells gateways whose tokens their push services know no more, so that the apps are told.
@Component
class DroppedTokenQueries {

    private final DeviceStore devices;

    DroppedTokenQueries(DeviceStore devices) {
        this.devices = devices;
    }

    @QueryHandler
    DroppedTokens on(FindDroppedTokens query) {
        return new DroppedTokens(devices.dropped(query.accounts()));
    }
}
