package dev.parley.notifications.device;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The push service a device listens to.
public enum Platform {
    APNS,
    FCM;

    /// As clients and tables name it: `apns`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads what [#text] writes.
    ///
    /// @return null for a text that names no platform
    public static @Nullable Platform of(String text) {
        return Arrays.stream(values())
                .filter(platform -> platform.text().equals(text))
                .findFirst()
                .orElse(null);
    }
}
