package dev.parley.command.application;

import dev.parley.command.era.Era;
import dev.parley.command.era.Eras;
import dev.parley.command.sweep.Sweep;
import org.springframework.stereotype.Component;

/// Goes on with clears that were cut off: nobody can register until a clear is announced. Where there is nothing to do
/// it is one query of one row.
@Component
class ClearSweep implements Sweep {

    private final Eras eras;
    private final Announcement announcement;

    ClearSweep(Eras eras, Announcement announcement) {
        this.eras = eras;
        this.announcement = announcement;
    }

    @Override
    public String name() {
        return "clears";
    }

    @Override
    public long sweep() {
        Era era = eras.current();
        if (era.announced()) {
            announcement.appointAdmin();
            return 0;
        }
        announcement.make(era);
        return 1;
    }
}
