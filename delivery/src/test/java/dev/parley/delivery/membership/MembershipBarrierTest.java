package dev.parley.delivery.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.delivery.membership.Memberships.Stretch;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipBarrierTest {

    /// A projection that is one further each time it is asked, up to a position.
    private static final class Late implements MembershipStore {
        private final long last;
        private long position = -1;

        private Late(long last) {
            this.last = last;
        }

        @Override
        public long position() {
            position = Math.min(position + 1, last);
            return position;
        }

        @Override
        public List<Stretch> stretches(AccountId account, long endedAfter) {
            return List.of();
        }

        @Override
        public void join(ConversationId conversation, Set<AccountId> accounts, long position) {}

        @Override
        public void leave(ConversationId conversation, AccountId account, long position) {}

        @Override
        public void clear(long position) {}
    }

    @Test
    void readWaitsForThePosition() {
        Late store = new Late(7);
        new MembershipBarrier(store, Duration.ofSeconds(30)).await(4);
        assertThat(store.position).isEqualTo(4);
    }

    @Test
    void readIsRefusedAsUnavailableAfterItsTime() {
        MembershipBarrier barrier = new MembershipBarrier(new Late(3), Duration.ofMillis(50));
        assertThatThrownBy(() -> barrier.await(4))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refused -> assertThat(refused.rejection().code()).isEqualTo(RejectionCode.UNAVAILABLE));
    }
}
