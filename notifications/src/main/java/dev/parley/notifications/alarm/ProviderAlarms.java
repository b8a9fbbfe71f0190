package dev.parley.notifications.alarm;

import dev.parley.notifications.device.Platform;
import dev.parley.notifications.gateway.ProviderState;
import dev.parley.notifications.gateway.PushGateways;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Push services that do not take our credentials.
@Component
class ProviderAlarms {

    private final PushGateways gateways;

    ProviderAlarms(PushGateways gateways) {
        this.gateways = gateways;
    }

    List<RaisedAlarm> raised() {
        List<RaisedAlarm> raised = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            if (gateways.state(platform) instanceof ProviderState.Misconfigured ours) {
                raised.add(new RaisedAlarm(
                        "misconfigured",
                        platform.text(),
                        "The service does not take our credentials: " + ours.reason()));
            }
        }
        return raised;
    }
}
