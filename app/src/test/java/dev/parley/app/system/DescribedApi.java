package dev.parley.app.system;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/// `docs/openapi.yaml`: what clients are told about the HTTP interface. Every success that a test sees has to be in it.
final class DescribedApi {

    private static final Map<Pattern, Map<String, Object>> PATHS = read();

    private DescribedApi() {}

    /// @param path without its query
    /// @throws AssertionError if the route is not described, or not with this status
    static void requireDescribed(String method, String path, int status) {
        if (status / 100 != 2 || !path.startsWith("/api/")) {
            return;
        }
        boolean described = PATHS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .anyMatch(entry -> responses(entry.getValue(), method).containsKey(Integer.toString(status)));
        if (!described) {
            throw new AssertionError(
                    "docs/openapi.yaml does not say that " + method + " " + path + " answers " + status);
        }
    }

    private static Map<?, ?> responses(Map<String, Object> path, String method) {
        return path.get(method.toLowerCase(Locale.ROOT)) instanceof Map<?, ?> operation
                        && operation.get("responses") instanceof Map<?, ?> responses
                ? responses
                : Map.of();
    }

    private static Map<Pattern, Map<String, Object>> read() {
        try (Reader text = Files.newBufferedReader(Product.root().resolve("docs/openapi.yaml"))) {
            Map<String, Map<String, Map<String, Object>>> api = new Yaml().load(text);
            Map<Pattern, Map<String, Object>> paths = new TreeMap<>(Comparator.comparing(Pattern::pattern));
            api.get("paths")
                    .forEach((template, operations) ->
                            paths.put(Pattern.compile(template.replaceAll("\\{[^}]+}", "[^/]+")), operations));
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
