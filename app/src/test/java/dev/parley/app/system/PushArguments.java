package dev.parley.app.system;

import dev.parley.notifications.testing.ApnsMock;
import dev.parley.notifications.testing.FcmStub;
import java.util.List;

/// Configures the product to push to stand-ins for the providers.
final class PushArguments {

    private PushArguments() {}

    static List<String> of(ApnsMock apns, FcmStub fcm) {
        return List.of(
                "--parley.notifications.apns.host=" + apns.host(),
                "--parley.notifications.apns.port=" + apns.port(),
                "--parley.notifications.apns.key-file=" + apns.keyFile(),
                "--parley.notifications.apns.key-id=" + apns.keyId(),
                "--parley.notifications.apns.team-id=" + apns.teamId(),
                "--parley.notifications.apns.topic=" + apns.topic(),
                "--parley.notifications.apns.trusted-ca=" + apns.caFile(),
                "--parley.notifications.fcm.service-account-file=" + fcm.serviceAccountFile(),
                "--parley.notifications.fcm.endpoint=" + fcm.endpoint());
    }
}
