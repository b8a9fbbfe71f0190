package dev.parley.messages.serialization;

import dev.parley.messages.Fact;
import dev.parley.messages.StoredName;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.session.SessionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every fact's class and its stored name, read off the sealed families once.
public final class FactNames {

    private static final List<Class<? extends Fact>> FAMILIES = List.of(
            AccountEvent.class,
            ApplicationEvent.class,
            ArchiveEvent.class,
            ConversationEvent.class,
            GameEvent.class,
            MemberEvent.class,
            SessionEvent.class);

    private static final Map<Class<?>, String> NAMES = FAMILIES.stream()
            .flatMap(FactNames::leaves)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), FactNames::storedName));
    private static final Map<String, Class<?>> CLASSES =
            NAMES.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private FactNames() {}

    /// @return null for a class that is no fact
    public static @Nullable String nameOf(Class<?> type) {
        return NAMES.get(type);
    }

    /// @return null for a name that no fact bears
    public static @Nullable Class<?> classOf(String name) {
        return CLASSES.get(name);
    }

    /// All facts, by class.
    public static Map<Class<?>, String> all() {
        return NAMES;
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Arrays.stream(permitted).flatMap(FactNames::leaves);
    }

    private static String storedName(Class<?> fact) {
        StoredName name = fact.getAnnotation(StoredName.class);
        if (name == null) {
            throw new IllegalStateException(fact + " has no @StoredName");
        }
        return name.value();
    }
}
