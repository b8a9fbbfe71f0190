package dev.parley.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `docs/asyncapi.yaml`: what client authors are told about frames. Read strictly: a field that is not described is an
/// error here, though clients have to ignore it.
public final class DescribedFrames {

    private static final JsonNode API =
            new YAMLMapper().readTree(Path.of("../docs/asyncapi.yaml").toFile());
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    static {
        API.at("/components/schemas").forEach(schema -> {
            if (schema instanceof ObjectNode object && object.has("properties")) {
                object.put("additionalProperties", false);
            }
        });
    }

    private DescribedFrames() {}

    /// The whole description.
    public static JsonNode api() {
        return API;
    }

    /// What is wrong with a frame, by the schema of its type; empty for a good one.
    public static String faults(JsonNode frame) {
        String type = frame.path("type").asString("");
        if (!API.at("/components/schemas").has(type)) {
            return "No such type: " + type;
        }
        List<Error> errors =
                SCHEMAS.computeIfAbsent(type, DescribedFrames::schema).validate(frame);
        return errors.stream().map(Error::toString).collect(Collectors.joining("; "));
    }

    private static Schema schema(String type) {
        ObjectNode schema = new YAMLMapper().createObjectNode().put("$ref", "#/components/schemas/" + type);
        schema.set("components", API.get("components"));
        return REGISTRY.getSchema(schema);
    }
}
