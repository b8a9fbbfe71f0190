package dev.parley.app.archive;

import java.net.URI;

/// The Parley that an archive is imported into, and who logs in there.
record ImportTarget(URI server, String user, String password) {

    @Override
    public String toString() {
        return user + " at " + server;
    }
}
