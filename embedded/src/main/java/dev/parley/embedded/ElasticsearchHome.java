package dev.parley.embedded;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where an unpacked Elasticsearch lies.
public final class ElasticsearchHome {
    /// The system property that names it.
    public static final String PROPERTY = "parley.elasticsearch.home";

    private static final Path BUILT = Path.of("embedded", "target", "elasticsearch", "elasticsearch-9.2.4");

    private ElasticsearchHome() {}

    /// The folder that [#PROPERTY] names; without it, what the build unpacked, in a checkout that holds the working
    /// directory.
    ///
    /// @throws EmbeddedStartException when there is none
    public static Path locate() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isEmpty()) {
            return requireComplete(Path.of(named).toAbsolutePath().normalize());
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(launcher(folder.resolve(BUILT)))) {
                return folder.resolve(BUILT);
            }
        }
        throw new EmbeddedStartException(
                "No Elasticsearch found in %s of this or a parent folder: build the module embedded, or set -D%s=<folder>"
                        .formatted(BUILT, PROPERTY));
    }

    /// @throws EmbeddedStartException when `home` is no unpacked Elasticsearch
    static Path requireComplete(Path home) {
        if (!Files.isRegularFile(launcher(home))) {
            throw new EmbeddedStartException(
                    "%s is no unpacked Elasticsearch: build again, or set -D%s=<folder>".formatted(home, PROPERTY));
        }
        return home;
    }

    static Path launcher(Path home) {
        return home.resolve("bin").resolve("elasticsearch");
    }
}
