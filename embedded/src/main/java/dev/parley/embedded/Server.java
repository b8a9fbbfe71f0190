package dev.parley.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What differs between the servers; ServerLaunch does what is the same.
interface Server {
    /// Its name for people.
    String title();

    Ending ending();

    /// Processes that may serve the folder although its state file does not name them.
    default List<ServerState.Entry> alsoKnown() throws IOException {
        return List.of();
    }

    /// Puts on disk what the server needs. Called once, with the folder locked and no leftover alive.
    ///
    /// @throws EmbeddedStartException with a line for a person
    /// @throws IOException when the data folder cannot be written
    void prepare() throws IOException, InterruptedException;

    /// The command that runs the server in the foreground on `port`.
    List<String> command(int port) throws IOException;

    /// Replaces the environment of the child where it names a variable; an empty value removes it.
    Map<String, String> environment();

    /// Whether the server on `port` is ready for work. Answers within some seconds.
    ///
    /// @throws EmbeddedStartException when waiting longer is useless
    boolean answers(int port) throws InterruptedException;

    /// Whether dying with this output is worth another attempt, because the cause passes by itself.
    boolean mayRecover(String output);
}
