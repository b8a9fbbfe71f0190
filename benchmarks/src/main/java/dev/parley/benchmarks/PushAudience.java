package dev.parley.benchmarks;

import dev.parley.notifications.testing.PushSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Accounts with a device each that is registered for pushes, in conversations of their own with somebody who speaks
/// and has none.
record PushAudience(List<Circle> circles) {

    static final String DEVICE = "phone";

    private static final int AT_ONCE = 8;

    /// @param conversation of the speaker and the listeners
    record Circle(Person speaker, List<Person> listeners, UUID conversation) {}

    /// @param platform of all devices
    /// @param devices in all
    /// @param each devices of a conversation, the last one may have fewer
    static PushAudience register(Client nobody, PushSink sink, String platform, int devices, int each)
            throws Exception {
        List<Person> people = Person.register(nobody, devices);
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<?>> registered = new ArrayList<>();
            for (Person person : people) {
                Map<String, String> target = Map.of("platform", platform, "token", sink.token());
                registered.add(
                        threads.submit(() -> person.http().callPatiently("PUT", "/api/v1/devices/" + DEVICE, target)));
            }
            for (Future<?> one : registered) {
                one.get();
            }
        }
        List<Circle> circles = new ArrayList<>();
        for (int from = 0; from < devices; from += each) {
            List<Person> listeners = people.subList(from, Math.min(devices, from + each));
            Person speaker = Person.register(nobody);
            UUID conversation = each == 1 ? speaker.startDirect(listeners.getFirst()) : speaker.startGroup(listeners);
            circles.add(new Circle(speaker, listeners, conversation));
        }
        return new PushAudience(circles);
    }

    int devices() {
        return circles.stream().mapToInt(circle -> circle.listeners().size()).sum();
    }
}
