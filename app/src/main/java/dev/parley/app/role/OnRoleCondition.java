package dev.parley.app.role;

import java.util.Map;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

final class OnRoleCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, ?> attributes =
                Objects.requireNonNull(metadata.getAnnotationAttributes(ConditionalOnRole.class.getName()));
        return NodeRoles.of(context.getEnvironment()).contains((NodeRole) attributes.get("value"));
    }
}
