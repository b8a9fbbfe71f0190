package dev.parley.axonserver.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that can be asked for.
///
/// @param path its segments; `*` stands for any one
/// @param open whether it needs no token
record Route(String method, List<String> path, boolean open, Answering answering) {

    interface Answering {
        /// @param variables what stands for each `*`
        Reply answer(List<String> variables, Target target);
    }

    static Route get(String path, Answering answering) {
        return new Route("GET", segments(path), false, answering);
    }

    static Route patch(String path, Answering answering) {
        return new Route("PATCH", segments(path), false, answering);
    }

    /// For everybody.
    static Route open(String path, Answering answering) {
        return new Route("GET", segments(path), true, answering);
    }

    /// @return what stands for each `*`, or null if the path is another
    @Nullable
    List<String> match(List<String> asked) {
        if (asked.size() != path.size()) {
            return null;
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (path.get(i).equals("*")) {
                variables.add(asked.get(i));
            } else if (!path.get(i).equals(asked.get(i))) {
                return null;
            }
        }
        return variables;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/"));
    }
}
