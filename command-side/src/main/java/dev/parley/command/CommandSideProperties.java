package dev.parley.command;

import dev.parley.command.conversation.ConversationLimits;
import dev.parley.command.limit.Limit;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The configuration under `parley.command-side`.
///
/// @param admin the first admin; without one nobody can grant roles
/// @param passwordStrength the logarithm of bcrypt's rounds; each step doubles the time of a login
/// @param sessionIdle a token that is not used for so long is no good any more
/// @param sweepEvery how often a node looks for what was cut off or has expired
/// @param limits how often somebody may guess and write
/// @param cachedAggregates conversations and accounts kept in memory, each: a busy conversation takes
///     350 KiB, one of 20,000 members some 2 MiB, one with many reactions a few MiB
/// @param snapshotEvery events of a conversation from one snapshot to the next
/// @param cachedMembers members of conversations whose marks are kept in memory, 1 KiB each
/// @param memberSnapshotEvery events of a member from one snapshot to the next
@Validated
@ConfigurationProperties("parley.command-side")
public record CommandSideProperties(
        @Valid @Nullable Admin admin,
        @DefaultValue("10") @Min(4) @Max(16) int passwordStrength,
        @DefaultValue("30d") @NotNull Duration sessionIdle,
        @DefaultValue("10s") @NotNull Duration sweepEvery,
        @DefaultValue @NotNull @Valid Limits limits,
        @DefaultValue("1000") @Min(1) int cachedAggregates,
        @DefaultValue("1000") @Min(10) int snapshotEvery,
        @DefaultValue("20000") @Min(1) int cachedMembers,
        @DefaultValue("200") @Min(10) int memberSnapshotEvery) {

    /// What each node lets through, in memory: several nodes let through as much each. A limit is written as
    /// `<how many>/<in how long>`.
    ///
    /// @param conversation how much a conversation and a message hold; the same on every node
    /// @param failedLoginsPerAccount for each user name, whether an account bears it or not
    /// @param failedLoginsPerAddress for each address of a client; one of IPv6 counts by its first 64
    ///     bits
    /// @param registrationsPerAddress successful or not
    /// @param changesPerAccount what one account does, in all its conversations and games, refused or
    ///     not
    /// @param changesPerConversation messages, edits, deletions and reactions in one conversation, by
    ///     all its members
    /// @param marksPerAccount of one account, in all its conversations: what its devices received and
    ///     read
    /// @param receiptsUpTo members of a conversation: in a larger one nobody is told what others have read
    /// @param archivePerAccount looks at the archive of all messages, and searches saved, of one account
    public record Limits(
            @DefaultValue @NotNull @Valid ConversationLimits conversation,
            @DefaultValue("10/5m") @NotNull Limit failedLoginsPerAccount,
            @DefaultValue("100/1m") @NotNull Limit failedLoginsPerAddress,
            @DefaultValue("300/1m") @NotNull Limit registrationsPerAddress,
            @DefaultValue("500/5s") @NotNull Limit changesPerAccount,
            @DefaultValue("2500/5s") @NotNull Limit changesPerConversation,
            @DefaultValue("2500/5s") @NotNull Limit marksPerAccount,
            @DefaultValue("100") @Min(0) int receiptsUpTo,
            @DefaultValue("100/5s") @NotNull Limit archivePerAccount) {}

    /// An account that is registered at the start, if it is not, and made an admin. Its password is only used then.
    public record Admin(
            @DefaultValue("admin") @NotBlank String username,
            @NotBlank String password) {

        /// Without the password.
        @Override
        public String toString() {
            return "Admin[username=" + username + ", password=***]";
        }
    }
}
