package dev.parley.command.conversation;

import dev.parley.messages.conversation.Member;
import java.util.List;

/// The answer to `StartConversation`.
///
/// @param fresh false where the conversation existed
/// @param members as of now
record Started(boolean fresh, List<Member> members) {}
