package dev.parley.query.audit;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Who looked at what of the event store and its chain: a line for each request, without any text of messages.
public final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    private AccessLog() {}

    /// @param of what it was about, such as a conversation's id; null for everything
    public static void note(@Nullable Principal auditor, String access, @Nullable Object of) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("account", auditor == null ? "unknown" : auditor.getName())
                .addKeyValue("access", access);
        (of == null ? line : line.addKeyValue("of", of)).log("An auditor reads the event store");
    }
}
