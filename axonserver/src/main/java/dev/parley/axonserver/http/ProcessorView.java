package dev.parley.axonserver.http;

import dev.parley.axonserver.platform.ConnectedClient;
import dev.parley.axonserver.platform.ProcessorKey;
import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import io.axoniq.axonserver.grpc.control.EventProcessorInfo.SegmentStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One event processor and the clients that have it, each with what it told last.
record ProcessorView(String context, ProcessorKey key, List<Instance> instances) {

    record Instance(ConnectedClient client, EventProcessorInfo info) {}

    /// A segment and the client that claims it.
    record Tracker(
            String clientId,
            int segmentId,
            int onePartOf,
            long tokenPosition,
            boolean caughtUp,
            boolean replaying,
            String errorState) {

        static Tracker of(ConnectedClient client, SegmentStatus segment) {
            return new Tracker(
                    client.clientId(),
                    segment.getSegmentId(),
                    segment.getOnePartOf(),
                    segment.getTokenPosition(),
                    segment.getCaughtUp(),
                    segment.getReplaying(),
                    segment.getErrorState());
        }
    }

    static List<ProcessorView> of(String context, Collection<ConnectedClient> clients) {
        Map<ProcessorKey, List<Instance>> byKey = new LinkedHashMap<>();
        for (ConnectedClient client : clients) {
            for (EventProcessorInfo info : client.processors()) {
                byKey.computeIfAbsent(ProcessorKey.of(info), key -> new ArrayList<>())
                        .add(new Instance(client, info));
            }
        }
        List<ProcessorView> processors = new ArrayList<>();
        byKey.forEach((key, instances) -> processors.add(new ProcessorView(context, key, instances)));
        processors.sort(Comparator.comparing(processor -> processor.key.name()));
        return processors;
    }

    boolean belongsTo(String component) {
        return instances.stream()
                .anyMatch(instance -> instance.client.component().equals(component));
    }

    List<String> clientIds() {
        return instances.stream().map(instance -> instance.client.clientId()).toList();
    }

    /// As a real Axon Server shows it, and `running` and `error`.
    Map<String, Object> shown() {
        boolean running = instances.stream().anyMatch(instance -> instance.info.getRunning());
        boolean streaming = instances.stream().anyMatch(instance -> instance.info.getIsStreamingProcessor());
        List<Tracker> trackers = trackers();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", key.name());
        shown.put("fullName", key.tokenStore().isEmpty() ? key.name() : key.name() + "@" + key.tokenStore());
        shown.put("context", context);
        shown.put("mode", instances.getFirst().info.getMode());
        shown.put("isStreaming", streaming);
        shown.put("tokenStoreIdentifier", key.tokenStore());
        shown.put("running", running);
        shown.put("error", instances.stream().anyMatch(instance -> instance.info.getError()));
        shown.put("activeThreads", trackers.size());
        shown.put("freeThreadInstances", freeInstances());
        shown.put("canPause", running);
        shown.put("canPlay", instances.stream().anyMatch(instance -> !instance.info.getRunning()));
        shown.put("canSplit", running && streaming);
        shown.put("canMerge", running && trackers.stream().anyMatch(tracker -> tracker.onePartOf() > 1));
        shown.put("trackers", trackers);
        return shown;
    }

    private List<String> freeInstances() {
        return instances.stream()
                .filter(instance -> instance.info.getAvailableThreads() > 0)
                .map(instance -> instance.client.clientId())
                .toList();
    }

    private List<Tracker> trackers() {
        List<Tracker> trackers = new ArrayList<>();
        for (Instance instance : instances) {
            for (SegmentStatus segment : instance.info.getSegmentStatusList()) {
                trackers.add(Tracker.of(instance.client, segment));
            }
        }
        trackers.sort(Comparator.comparingInt(Tracker::segmentId));
        return trackers;
    }
}
