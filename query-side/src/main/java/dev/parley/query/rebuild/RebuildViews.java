package dev.parley.query.rebuild;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What operators see of rebuilds.
@Component
public class RebuildViews {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildViews.class);

    private final RebuildTable table;
    private final Rebuilds rebuilds;

    RebuildViews(RebuildTable table, Rebuilds rebuilds) {
        this.table = table;
        this.rebuilds = rebuilds;
    }

    /// The rebuild of each projection that was ever rebuilt: the one that is under way, or the last one.
    ///
    /// @param head the event store's last position
    public Map<String, RebuildView> all(long head) {
        return table.all().stream()
                .collect(Collectors.toMap(Rebuild::projection, rebuild -> RebuildView.of(rebuild, head)));
    }

    public boolean isRebuildable(String projection) {
        return rebuilds.projections().containsKey(projection);
    }

    /// Whether other code wrote what is read; null where that cannot be told.
    public @Nullable Boolean outdated(String projection) {
        Rebuildable rebuildable = rebuilds.projections().get(projection);
        if (rebuildable == null) {
            return null;
        }
        try {
            return rebuildable.isOutdated();
        } catch (RuntimeException down) {
            LOG.atDebug().addKeyValue("projection", projection).log("Its age cannot be told");
            return null;
        }
    }
}
