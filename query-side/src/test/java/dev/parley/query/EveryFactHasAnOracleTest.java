package dev.parley.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.serialization.FactNames;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Takers;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

class EveryFactHasAnOracleTest {

    @Test
    void storiesTellOfEveryTypeOfFact() {
        assertThat(Takers.byType().keySet()).isEqualTo(FactNames.all().keySet());
    }

    @Test
    void everyProjectionThatTakesFactsInIsHeldToAnOracle() throws ClassNotFoundException {
        Set<String> takers =
                Takers.byType().values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        Set<String> all = new HashSet<>(takers);
        all.add(QuerySideConfiguration.CHAIN);
        assertThat(projections()).isEqualTo(all);
        assertThat(found(new AssignableTypeFilter(OracleContract.class)).stream()
                        .map(ClassUtils::getShortName)
                        .collect(Collectors.toSet()))
                .isEqualTo(takers.stream()
                        .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "OracleIT")
                        .collect(Collectors.toSet()));
    }

    private static Set<String> projections() throws ClassNotFoundException {
        Set<String> names = new HashSet<>();
        for (String projection : found(new AnnotationTypeFilter(ProcessingGroup.class))) {
            names.add(Class.forName(projection)
                    .getAnnotation(ProcessingGroup.class)
                    .value());
        }
        return names;
    }

    private static Set<String> found(TypeFilter filter) {
        ClassPathScanningCandidateComponentProvider classes = new ClassPathScanningCandidateComponentProvider(false);
        classes.addIncludeFilter(filter);
        return classes.findCandidateComponents(EveryFactHasAnOracleTest.class.getPackageName()).stream()
                .map(BeanDefinition::getBeanClassName)
                .collect(Collectors.toSet());
    }
}
