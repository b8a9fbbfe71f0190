package dev.parley.messages.serialization;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/// Axon's Jackson 3 serializer, with facts under their stored names instead of their class names.
///
/// Unknown fields are ignored, so that an older node reads a newer one's facts. Instants are ISO 8601 text. Absent
/// values are left out. Answers of several elements are one record with a list in it: bare lists lose their type here.
public final class ParleySerializer extends Jackson3Serializer {

    /// Axon's replay token names the class of its context under a field of type Object, which Jackson refuses to read
    /// unless it is told which classes may be named.
    private static final PolymorphicTypeValidator AXON_TYPES = BasicPolymorphicTypeValidator.builder()
            .allowIfSubType("org.axonframework.")
            .build();

    private ParleySerializer(Builder builder) {
        super(builder);
    }

    /// Made once and shared: it is thread-safe.
    public static ParleySerializer create() {
        return new ParleySerializer(builder()
                .jsonMapperBuilderCustomizer(json -> json.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .polymorphicTypeValidator(AXON_TYPES)
                        .changeDefaultPropertyInclusion(
                                value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))));
    }

    @Override
    protected String resolveClassName(SerializedType serializedType) {
        Class<?> fact = FactNames.classOf(serializedType.getName());
        return fact == null ? super.resolveClassName(serializedType) : fact.getName();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        String name = type == null ? null : FactNames.nameOf(type);
        return name == null
                ? super.typeForClass(type)
                : new SimpleSerializedType(name, getRevisionResolver().revisionOf(type));
    }
}
