package dev.parley.axonserver.platform;

import static dev.parley.axonserver.platform.ControlOutcome.Kind.FAILED;
import static dev.parley.axonserver.platform.ControlOutcome.done;
import static dev.parley.axonserver.platform.ControlOutcome.notFound;
import static dev.parley.axonserver.platform.ControlOutcome.notNow;
import static java.util.Comparator.comparingInt;

import io.axoniq.axonserver.grpc.control.EventProcessorReference;
import io.axoniq.axonserver.grpc.control.EventProcessorSegmentReference;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Pauses, starts, splits, merges and moves the event processors of the clients of one context.
///
/// Who is asked, as by a real Axon Server: to pause and start, every client that has the processor; to split, the
/// client that claims the largest segment; to merge, the one that claims the smallest, after any other has let go of
/// its sibling. Operations wait for the clients' answers, each at most [HeartbeatProperties#instructionTimeout()], so
/// they belong on virtual threads. Thread-safe.
public final class ProcessorControl {

    private static final Duration RECHECK = Duration.ofMillis(50);

    private final Collection<PlatformStream> streams;
    private final Duration patience;

    /// @param streams of the clients that are connected now
    /// @param patience how long to wait for a client's answer
    ProcessorControl(Collection<PlatformStream> streams, Duration patience) {
        this.streams = streams;
        this.patience = patience;
    }

    public ControlOutcome pause(ProcessorKey processor) {
        return askAll(processor, instruction().setPauseEventProcessor(reference(processor)), "paused");
    }

    public ControlOutcome start(ProcessorKey processor) {
        return askAll(processor, instruction().setStartEventProcessor(reference(processor)), "started");
    }

    /// Makes two of the largest segment.
    public ControlOutcome split(ProcessorKey processor) {
        List<ProcessorHost> hosts = hosts(processor);
        Optional<ProcessorHost.Claim> largest = ProcessorHost.claims(hosts)
                .min(comparingInt(claim -> claim.segment().getOnePartOf()));
        if (largest.isEmpty()) {
            return nothingClaimed(processor, hosts);
        }
        int segment = largest.get().segment().getSegmentId();
        return ask(
                List.of(largest.get().host()),
                instruction().setSplitEventProcessorSegment(reference(processor, segment)),
                told(processor, "split at segment " + segment));
    }

    /// Joins the smallest segment and its sibling.
    public ControlOutcome merge(ProcessorKey processor) {
        List<ProcessorHost> hosts = hosts(processor);
        Optional<ProcessorHost.Claim> smallest = ProcessorHost.claims(hosts)
                .max(comparingInt(claim -> claim.segment().getOnePartOf()));
        if (smallest.isEmpty()) {
            return nothingClaimed(processor, hosts);
        }
        int parts = smallest.get().segment().getOnePartOf();
        int segment = smallest.get().segment().getSegmentId();
        if (parts <= 1) {
            return notNow(told(processor, "has one segment only"));
        }
        ProcessorHost merging = smallest.get().host();
        int sibling = segment ^ (parts >>> 1);
        ControlOutcome free = freeForMerge(processor, sibling, merging);
        return free.kind() != ControlOutcome.Kind.DONE
                ? free
                : ask(
                        List.of(merging),
                        instruction().setMergeEventProcessorSegment(reference(processor, segment)),
                        told(processor, "merged segments " + segment + " and " + sibling));
    }

    /// Asks the client that claims a segment to leave it alone for a while, so that any other can claim it.
    public ControlOutcome release(ProcessorKey processor, int segment) {
        List<ProcessorHost> claiming = claiming(processor, segment);
        return claiming.isEmpty()
                ? unclaimed(processor, segment)
                : ask(claiming, releasing(processor, segment), told(processor, "released segment " + segment));
    }

    /// Asks all clients but one to leave a segment alone for a while, so that this one can claim it.
    ///
    /// @param clientId who is to have it
    public ControlOutcome move(ProcessorKey processor, int segment, String clientId) {
        List<ProcessorHost> hosts = hosts(processor);
        Optional<ProcessorHost> target =
                hosts.stream().filter(host -> host.clientId().equals(clientId)).findFirst();
        if (target.isEmpty()) {
            return notFound("No client " + clientId + " has a processor " + processor.name());
        }
        if (target.get().claims(segment)) {
            return done("The client claims the segment already");
        }
        if (claiming(processor, segment).isEmpty()) {
            return unclaimed(processor, segment);
        }
        if (target.get().info().getAvailableThreads() < 1) {
            return notNow("The client " + clientId + " has no thread left for another segment");
        }
        List<ProcessorHost> others =
                hosts.stream().filter(host -> host != target.get()).toList();
        return ask(others, releasing(processor, segment), told(processor, "moved segment " + segment));
    }

    /// Makes all others leave a segment alone. A client says that it did before it has, so what they claim is asked
    /// for until none has it.
    private ControlOutcome freeForMerge(ProcessorKey processor, int segment, ProcessorHost merging) {
        List<ProcessorHost> others = claimingBut(merging, processor, segment);
        if (others.isEmpty()) {
            return done("Nobody else claims the segment");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        ControlOutcome outcome = ask(others, releasing(processor, segment), "Released");
        while (outcome.kind() == ControlOutcome.Kind.DONE && !others.isEmpty()) {
            if (System.nanoTime() - deadline > 0 || interrupted()) {
                return new ControlOutcome(
                        FAILED, "Client " + others.getFirst().clientId() + " does not let go of segment " + segment);
            }
            ProcessorHost.refresh(others, patience);
            others = claimingBut(merging, processor, segment);
        }
        return outcome;
    }

    private List<ProcessorHost> claimingBut(ProcessorHost merging, ProcessorKey processor, int segment) {
        return claiming(processor, segment).stream()
                .filter(host -> host.stream() != merging.stream())
                .toList();
    }

    private ControlOutcome askAll(
            ProcessorKey processor, PlatformOutboundInstruction.Builder instruction, String done) {
        List<ProcessorHost> hosts = hosts(processor);
        return hosts.isEmpty() ? unknown(processor) : ask(hosts, instruction, told(processor, done));
    }

    private ControlOutcome ask(
            List<ProcessorHost> hosts, PlatformOutboundInstruction.Builder instruction, String done) {
        return ProcessorHost.ask(hosts, instruction, patience, done);
    }

    private List<ProcessorHost> hosts(ProcessorKey processor) {
        return ProcessorHost.of(processor, streams);
    }

    private List<ProcessorHost> claiming(ProcessorKey processor, int segment) {
        return hosts(processor).stream().filter(host -> host.claims(segment)).toList();
    }

    private static ControlOutcome nothingClaimed(ProcessorKey processor, List<ProcessorHost> hosts) {
        return hosts.isEmpty()
                ? unknown(processor)
                : notNow("No client claims a segment of " + processor.name() + "; is it paused?");
    }

    private static ControlOutcome unknown(ProcessorKey processor) {
        return notFound("No connected client has a processor " + processor.name());
    }

    private static ControlOutcome unclaimed(ProcessorKey processor, int segment) {
        return notFound("No client claims segment " + segment + " of " + processor.name());
    }

    private static String told(ProcessorKey processor, String what) {
        return "processor " + processor.name() + " " + what;
    }

    private static PlatformOutboundInstruction.Builder instruction() {
        return PlatformOutboundInstruction.newBuilder();
    }

    private static PlatformOutboundInstruction.Builder releasing(ProcessorKey processor, int segment) {
        return instruction().setReleaseSegment(reference(processor, segment));
    }

    private static EventProcessorReference reference(ProcessorKey processor) {
        return EventProcessorReference.newBuilder()
                .setProcessorName(processor.name())
                .build();
    }

    private static EventProcessorSegmentReference reference(ProcessorKey processor, int segment) {
        return EventProcessorSegmentReference.newBuilder()
                .setProcessorName(processor.name())
                .setSegmentIdentifier(segment)
                .build();
    }

    /// Waits a little.
    private static boolean interrupted() {
        try {
            Thread.sleep(RECHECK);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
