package dev.parley.notifications;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Settings as the application binds them, with the defaults of the product.
public final class Settings {

    private Settings() {}

    /// @param settings by their names below `parley.notifications`
    public static NotificationsProperties of(Map<String, Object> settings) {
        Map<String, Object> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("parley.notifications." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("parley.notifications", NotificationsProperties.class);
    }
}
