package dev.parley.axonserver;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files of `deploy/`, read as their readers read them. Paths into YAML are keys with dots between; a list is
/// walked through.
record Manifests(Path folder, List<Map<String, Object>> documents) {

    static final Path DEPLOY = Path.of("deploy");

    static Manifests in(String folder) {
        Path path = DEPLOY.resolve(folder);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Path file : yaml(path)) {
            documents.addAll(documents(file));
        }
        return new Manifests(path, documents);
    }

    static List<Path> yaml(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> documents(Path file) {
        List<Map<String, Object>> documents = new ArrayList<>();
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        new Yaml(new SafeConstructor(options))
                .loadAll(text(file))
                .forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    static Properties properties(Path file) {
        return properties(text(file));
    }

    static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Map<String, Object>> all(String kind) {
        return documents.stream().filter(d -> kind.equals(d.get("kind"))).toList();
    }

    Map<String, Object> one(String kind) {
        List<Map<String, Object>> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(folder + " has " + found.size() + " of " + kind);
        }
        return found.getFirst();
    }

    Set<String> names(String kind) {
        Set<String> names = new TreeSet<>();
        all(kind).forEach(document -> names.addAll(strings(document, "metadata.name")));
        return names;
    }

    /// All values at a path, as text.
    static Set<String> strings(@Nullable Object from, String path) {
        Set<String> strings = new TreeSet<>();
        at(from, path).forEach(value -> strings.add(String.valueOf(value)));
        return strings;
    }

    static List<Object> at(@Nullable Object from, String path) {
        List<Object> found = new ArrayList<>();
        collect(from, path.isEmpty() ? List.of() : List.of(path.split("\\.")), found);
        return found;
    }

    private static void collect(@Nullable Object from, List<String> path, List<Object> found) {
        if (from instanceof List<?> list) {
            list.forEach(element -> collect(element, path, found));
        } else if (from != null && path.isEmpty()) {
            found.add(from);
        } else if (from instanceof Map<?, ?> map) {
            collect(map.get(path.getFirst()), path.subList(1, path.size()), found);
        }
    }
}
