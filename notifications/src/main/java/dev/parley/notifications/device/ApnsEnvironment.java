package dev.parley.notifications.device;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of Apple's two services a token is for: apps from the store have tokens of the one, apps run from Xcode of
/// the other, and neither service knows the other's.
public enum ApnsEnvironment {
    PRODUCTION,
    SANDBOX;

    /// As clients and tables name it: `sandbox`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads what [#text] writes.
    ///
    /// @return null for a text that names no environment
    public static @Nullable ApnsEnvironment of(String text) {
        return Arrays.stream(values())
                .filter(environment -> environment.text().equals(text))
                .findFirst()
                .orElse(null);
    }
}
