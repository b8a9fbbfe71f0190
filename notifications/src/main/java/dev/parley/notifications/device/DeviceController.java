package dev.parley.notifications.device;

import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.Session;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A caller's own devices. Tokens go in and never come out.
@RestController
@RequestMapping("/api/v1/devices")
class DeviceController {

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /// Apple: "of variable length", 32 bytes today.
    private static final Pattern APNS_TOKEN = Pattern.compile("([0-9a-fA-F]{2}){32,100}");
    /// Firebase says nothing but that it is opaque; this much has room for it.
    private static final Pattern FCM_TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9.-]{1,155}");

    private final DeviceStore devices;
    private final Clock clock;

    DeviceController(DeviceStore devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    /// @param platform `apns` or `fcm`
    /// @param topic the app's bundle id, for APNs; the configured one if absent
    /// @param environment `production` or `sandbox`, for APNs; the configured one if absent
    record DeviceRegistration(
            @NotNull String platform,
            @NotNull String token,
            @Nullable String topic,
            @Nullable String environment) {

        @Override
        public String toString() {
            return "DeviceRegistration[platform=" + platform + ", token=***, topic=" + topic + ", environment="
                    + environment + "]";
        }
    }

    record Devices(List<DeviceView> devices) {}

    @PutMapping("/{device}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void register(
            @PathVariable String device,
            @Valid @RequestBody DeviceRegistration registration,
            @RequestAttribute(name = Session.REQUEST_ATTRIBUTE, required = false) @Nullable SessionId session,
            Principal principal) {
        devices.register(account(principal), named(device), target(registration), session);
    }

    @DeleteMapping("/{device}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String device, Principal principal) {
        devices.remove(account(principal), named(device));
    }

    @GetMapping
    Devices list(Principal principal) {
        return new Devices(devices.list(account(principal)));
    }

    private PushTarget target(DeviceRegistration registration) {
        Platform platform = Platform.of(registration.platform());
        if (platform == null) {
            throw invalid("platform", "The platform is apns or fcm");
        }
        String topic = registration.topic();
        if (topic != null && !TOPIC.matcher(topic).matches()) {
            throw invalid("topic", "A topic is an app's bundle id");
        }
        return new PushTarget(
                platform,
                token(platform, registration.token()),
                topic,
                environment(platform, registration.environment()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static @Nullable ApnsEnvironment environment(Platform platform, @Nullable String text) {
        if (text == null) {
            return null;
        }
        ApnsEnvironment environment = ApnsEnvironment.of(text);
        if (platform != Platform.APNS) {
            throw invalid("environment", "Only an APNs token has an environment");
        }
        if (environment == null) {
            throw invalid("environment", "The environment is production or sandbox");
        }
        return environment;
    }

    private static String token(Platform platform, String token) {
        return switch (platform) {
            case APNS -> {
                if (!APNS_TOKEN.matcher(token).matches()) {
                    throw invalid("token", "An APNs token is 64 to 200 hexadecimal digits");
                }
                yield token.toLowerCase(Locale.ROOT);
            }
            case FCM -> {
                if (!FCM_TOKEN.matcher(token).matches()) {
                    throw invalid("token", "An FCM token is 1 to 4096 printable ASCII characters without spaces");
                }
                yield token;
            }
        };
    }

    private static String named(String device) {
        if (!DEVICE.matcher(device).matches()) {
            throw invalid("device", "A device name is 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
        return device;
    }

    private static AccountId account(Principal principal) {
        return AccountId.of(principal.getName());
    }

    private static RejectedException invalid(String field, String detail) {
        return new RejectedException(Rejection.invalid(field, detail));
    }
}
