package dev.parley.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class GoldenSnapshotsTest {

    @Test
    void everyAggregateWithSnapshotsHasAGoldenFileOfItsRevision() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Aggregate.class));
        List<BeanDefinition> aggregates = List.copyOf(scanner.findCandidateComponents("dev.parley.command"));
        int withSnapshots = 0;
        for (BeanDefinition aggregate : aggregates) {
            Class<?> type = Class.forName(aggregate.getBeanClassName());
            if (!type.getAnnotation(Aggregate.class).snapshotTriggerDefinition().isEmpty()) {
                assertThat(GoldenSnapshot.text(type)).isNotBlank();
                withSnapshots++;
            }
        }
        assertThat(withSnapshots).as("of %d aggregates", aggregates.size()).isEqualTo(2);
    }
}
