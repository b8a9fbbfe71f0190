package dev.parley.app.system;

import dev.parley.notifications.testing.ApnsMock;
import dev.parley.notifications.testing.FcmStub;

/// Counts what the providers' stand-ins received.
final class Pushes {

    private Pushes() {}

    /// Requests to an APNs device, repeats included.
    static long to(ApnsMock apns, String deviceToken) {
        return apns.received().stream()
                .filter(push -> push.deviceToken().equals(deviceToken))
                .count();
    }

    /// Rings of an APNs device: requests with an `apns-id` of their own.
    static long distinct(ApnsMock apns, String deviceToken) {
        return apns.received().stream()
                .filter(push -> push.deviceToken().equals(deviceToken))
                .map(push -> push.headers().get("apns-id"))
                .distinct()
                .count();
    }

    /// Requests to an FCM device.
    static long to(FcmStub fcm, String registrationToken) {
        return fcm.received().stream()
                .filter(push -> push.token().equals(registrationToken))
                .count();
    }
}
