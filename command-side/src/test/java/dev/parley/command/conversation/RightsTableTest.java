package dev.parley.command.conversation;

import static dev.parley.command.conversation.RightsTableDeeds.DEEDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The documented table of who may do what, cell by cell.
class RightsTableTest {

    private final DocumentedTable table = DocumentedTable.under("Who may do what");

    @TestFactory
    Stream<DynamicTest> everyCellIsTrue() {
        return IntStream.range(1, table.head().size()).boxed().flatMap(this::column);
    }

    @Test
    void theTableIsWhole() {
        assertThat(table.head().subList(1, table.head().size())).hasSameElementsAs(RightsTableScene.COLUMNS);
        assertThat(table.rows().stream().map(List::getFirst)).containsExactlyInAnyOrderElementsOf(DEEDS.keySet());
    }

    @Test
    void everyCommandIsInTheTable() {
        RightsTableScene scene = new RightsTableScene("owner");
        Set<Class<?>> tried = new HashSet<>();
        DEEDS.values().forEach(deed -> deed.commands(scene).forEach(command -> tried.add(command.getClass())));
        tried.addAll(List.of(StartConversation.class, SeatPlayer.class));
        assertThat(tried).containsExactlyInAnyOrder(ConversationCommand.class.getPermittedSubclasses());
    }

    private Stream<DynamicTest> column(int column) {
        String who = table.head().get(column);
        RightsTableScene scene = new RightsTableScene(who);
        AggregateTestFixture<Conversation> fixture = Fixtures.conversation(Fixtures.LIMITS, scene);
        return table.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.getFirst() + ": " + who, () -> {
                    List<ConversationCommand> commands =
                            DEEDS.get(row.getFirst()).commands(scene);
                    assertThat(commands).isNotEmpty();
                    for (ConversationCommand command : commands) {
                        check(row.get(column), who, fixture.given(scene.story()).when(command));
                    }
                }));
    }

    private static void check(String cell, String who, ResultValidator<Conversation> result) {
        switch (cell) {
            case "yes" -> result.expectSuccessfulHandlerExecution();
            case "no" -> {
                RejectionCode code = who.equals("stranger") ? RejectionCode.NOT_A_MEMBER : RejectionCode.FORBIDDEN;
                result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
            }
            default -> throw new AssertionError("A cell says yes or no, not " + cell);
        }
    }
}
