package dev.parley.query.archive;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.archive.ArchiveCommand;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Has facts of analysts stored. Thread-safe; it blocks.
@Component
class ArchiveCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveCommands.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final CommandGateway gateway;

    ArchiveCommands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /// Returns when the fact is on disk.
    ///
    /// @throws RejectedException why it was refused, or `unavailable`: it may be stored or not then
    void send(ArchiveCommand command) {
        FutureCallback<Object, Object> callback = new FutureCallback<>();
        gateway.send(command, callback);
        CommandResultMessage<?> result = callback.getResult(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        if (!result.isExceptional()) {
            return;
        }
        if (result.exceptionResult() instanceof CommandExecutionException refused
                && refused.getDetails().orElse(null) instanceof Rejection rejection) {
            throw new RejectedException(rejection);
        }
        LOG.atWarn()
                .addKeyValue("command", command.getClass().getSimpleName())
                .addKeyValue("cause", result.exceptionResult().toString())
                .log("What an analyst does could not be stored, so it is not done");
        throw new RejectedException(
                RejectionCode.UNAVAILABLE, "What you do in the archive cannot be recorded now, try again");
    }
}
