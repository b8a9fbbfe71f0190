package dev.parley.axonserver.platform;

import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import io.axoniq.axonserver.grpc.control.EventProcessorInfo.SegmentStatus;
import io.axoniq.axonserver.grpc.control.EventProcessorReference;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A client that has a certain event processor, and what it told last about it.
record ProcessorHost(PlatformStream stream, EventProcessorInfo info) {

    /// A segment and who claims it.
    record Claim(ProcessorHost host, SegmentStatus segment) {}

    static List<ProcessorHost> of(ProcessorKey processor, Collection<PlatformStream> streams) {
        return streams.stream()
                .flatMap(stream -> stream.processors().stream()
                        .filter(info -> ProcessorKey.of(info).equals(processor))
                        .map(info -> new ProcessorHost(stream, info)))
                .toList();
    }

    static Stream<Claim> claims(List<ProcessorHost> hosts) {
        return hosts.stream()
                .flatMap(host -> host.info.getSegmentStatusList().stream().map(segment -> new Claim(host, segment)));
    }

    /// Asks each to do something, waits for the answers, and then has each tell how the processor does now, so that
    /// lists show it.
    ///
    /// @param done what to say if all have done it
    static ControlOutcome ask(
            List<ProcessorHost> hosts,
            PlatformOutboundInstruction.Builder instruction,
            Duration patience,
            String done) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        hosts.forEach(host -> answers.add(host.stream.instruct(instruction.clone(), patience)));
        ControlOutcome outcome = new ControlOutcome(ControlOutcome.Kind.DONE, done);
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i).join();
            if (answer.kind() != Answer.Kind.DONE) {
                outcome = new ControlOutcome(
                        answer.kind() == Answer.Kind.SILENT ? ControlOutcome.Kind.UNKNOWN : ControlOutcome.Kind.FAILED,
                        "Client " + hosts.get(i).clientId() + ": " + answer.text());
            }
        }
        if (outcome.kind() != ControlOutcome.Kind.UNKNOWN) {
            refresh(hosts, patience);
        }
        return outcome;
    }

    /// Has each tell how the processor does. Returns when they have.
    static void refresh(List<ProcessorHost> hosts, Duration patience) {
        List<CompletableFuture<Answer>> told = hosts.stream()
                .map(host -> host.stream.instruct(
                        PlatformOutboundInstruction.newBuilder()
                                .setRequestEventProcessorInfo(EventProcessorReference.newBuilder()
                                        .setProcessorName(host.info.getProcessorName())),
                        patience))
                .toList();
        told.forEach(CompletableFuture::join);
    }

    String clientId() {
        return stream.client().getClientId();
    }

    boolean claims(int segment) {
        return info.getSegmentStatusList().stream().anyMatch(status -> status.getSegmentId() == segment);
    }
}
