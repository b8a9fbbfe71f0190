package dev.parley.notifications.alarm;

import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.Periodic;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks at how pushes are doing, now and then.
@Component
class PushWatch implements SmartLifecycle {

    private final Periodic looking;

    PushWatch(PairMeters pairs, Alarms alarms, NotificationsProperties properties) {
        this.looking = new Periodic("push-watch", properties.alarm().every(), () -> {
            pairs.refresh();
            alarms.look();
        });
    }

    @Override
    public void start() {
        looking.start();
    }

    @Override
    public void stop() {
        looking.stop();
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }
}
