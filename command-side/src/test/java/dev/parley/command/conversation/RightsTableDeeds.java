package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.id;
import static dev.parley.command.conversation.RightsTableScene.ACTOR;
import static dev.parley.command.conversation.RightsTableScene.IMPORTED;
import static dev.parley.command.conversation.RightsTableScene.IMPORTED_SEQ;
import static dev.parley.command.conversation.RightsTableScene.OTHERS;
import static dev.parley.command.conversation.RightsTableScene.OUTSIDER;
import static dev.parley.command.conversation.RightsTableScene.OWN;
import static dev.parley.messages.conversation.MemberRole.ADMIN;
import static dev.parley.messages.conversation.MemberRole.MEMBER;
import static dev.parley.messages.conversation.MemberRole.OWNER;
import static dev.parley.messages.conversation.MemberRole.READER;
import static java.util.Map.entry;

import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationCommand;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ConversationCommand.ChangeHistoryVisibility;
import dev.parley.messages.conversation.ConversationCommand.ChangeMemberRole;
import dev.parley.messages.conversation.ConversationCommand.ChangeTopic;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.FindStanding;
import dev.parley.messages.conversation.ConversationCommand.ImportMessages;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import dev.parley.messages.conversation.ConversationCommand.RenameConversation;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the rows of the table stand for.
final class RightsTableDeeds {

    private static final MessageId NEW = id(5, 5);

    /// What the actor tries; all of it is allowed or all of it is not.
    interface Deed {
        List<ConversationCommand> commands(RightsTableScene scene);
    }

    static final Map<String, Deed> DEEDS = Map.ofEntries(
            entry("read, mark as read, mute", scene -> List.of(new FindStanding(TEA, ACTOR, NOW))),
            entry("send a message", scene -> List.of(new SendMessage(TEA, NEW, ACTOR, "hi", NOW))),
            entry("edit an own message", scene -> List.of(edit(OWN))),
            entry("edit another's message", scene -> List.of(edit(OTHERS))),
            entry("delete an own message", scene -> List.of(new DeleteMessage(TEA, OWN, null, ACTOR, NOW))),
            entry("delete another's message", scene -> List.of(new DeleteMessage(TEA, OTHERS, null, ACTOR, NOW))),
            entry(
                    "delete an imported message",
                    scene -> List.of(new DeleteMessage(TEA, IMPORTED, IMPORTED_SEQ, ACTOR, NOW))),
            entry(
                    "react, take a reaction back",
                    scene -> List.of(
                            new AddReaction(TEA, OTHERS, "👍", ACTOR, NOW),
                            new RemoveReaction(TEA, OWN, "👍", ACTOR, NOW))),
            entry("rename", scene -> List.of(new RenameConversation(TEA, "Other", ACTOR, NOW))),
            entry("change the topic", scene -> List.of(new ChangeTopic(TEA, "Leaves", ACTOR, NOW))),
            entry(
                    "say what later joiners see",
                    scene -> List.of(new ChangeHistoryVisibility(TEA, HistoryVisibility.ALL, ACTOR, NOW))),
            entry("add a member or reader", scene -> add(MEMBER, READER)),
            entry("add an owner or admin", scene -> add(OWNER, ADMIN)),
            entry("remove a member or reader", scene -> remove(scene, MEMBER, READER)),
            entry("remove an owner or admin", scene -> remove(scene, OWNER, ADMIN)),
            entry("give or take any role", RightsTableDeeds::changeAll),
            entry("leave", scene -> List.of(new RemoveMember(TEA, ACTOR, ACTOR, NOW))),
            entry(
                    "import an archive",
                    scene -> List.of(new ImportMessages(
                            TEA,
                            "irc",
                            ACTOR,
                            List.of(new ArchivedMessage(id(-500_000, 4), ACTOR, "line 2", 2, NOW))))));

    private RightsTableDeeds() {}

    private static EditMessage edit(MessageId message) {
        return new EditMessage(TEA, NEW, message, ACTOR, "better", List.of(), NOW);
    }

    private static List<ConversationCommand> add(MemberRole... roles) {
        return Stream.of(roles)
                .<ConversationCommand>map(role -> new AddMember(TEA, OUTSIDER, role, ACTOR, NOW))
                .toList();
    }

    private static List<ConversationCommand> remove(RightsTableScene scene, MemberRole... roles) {
        return Stream.of(roles)
                .<ConversationCommand>map(role -> new RemoveMember(TEA, scene.other(role), ACTOR, NOW))
                .toList();
    }

    private static List<ConversationCommand> changeAll(RightsTableScene scene) {
        List<ConversationCommand> changes = new ArrayList<>();
        for (MemberRole before : MemberRole.values()) {
            for (MemberRole after : MemberRole.values()) {
                changes.add(new ChangeMemberRole(TEA, scene.other(before), after, ACTOR, NOW));
            }
        }
        return changes;
    }
}
