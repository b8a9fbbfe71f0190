package dev.parley.query.letters;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.Configuration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/// The event handlers of each processor, to give them facts beside it: the beans that bear its name as their
/// `@ProcessingGroup`.
@Component
class Projections {

    private final ApplicationContext context;
    private final Configuration axon;
    private final Map<String, List<AnnotationEventHandlerAdapter>> handlers = new ConcurrentHashMap<>();

    Projections(ApplicationContext context, Configuration axon) {
        this.context = context;
        this.axon = axon;
    }

    /// Handles a fact in the current unit of work.
    void handle(String processor, EventMessage<?> fact) throws Exception {
        for (AnnotationEventHandlerAdapter handler : handlers.computeIfAbsent(processor, this::of)) {
            var _ = handler.handle(fact);
        }
    }

    private List<AnnotationEventHandlerAdapter> of(String processor) {
        return context.getBeansWithAnnotation(ProcessingGroup.class).values().stream()
                .filter(bean -> isOf(processor, bean))
                .map(bean -> new AnnotationEventHandlerAdapter(bean, axon.parameterResolverFactory()))
                .toList();
    }

    private static boolean isOf(String processor, Object bean) {
        ProcessingGroup group = bean.getClass().getAnnotation(ProcessingGroup.class);
        return group != null && group.value().equals(processor);
    }
}
