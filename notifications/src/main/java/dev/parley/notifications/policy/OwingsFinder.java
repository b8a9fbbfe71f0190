package dev.parley.notifications.policy;

import org.springframework.stereotype.Component;

/// Finds what a batch owes that its reader has not decided on before, and notes that it has now.
@Component
class OwingsFinder {

    private final Decided decided;
    private final Eligibility eligibility;
    private final Withdrawals withdrawals;
    private final AudienceStore audience;

    OwingsFinder(Decided decided, Eligibility eligibility, Withdrawals withdrawals, AudienceStore audience) {
        this.decided = decided;
        this.eligibility = eligibility;
        this.withdrawals = withdrawals;
        this.audience = audience;
    }

    Owings of(FactBatch batch, String reader) {
        long after = decided.before(batch, reader);
        return new Owings(eligibility.of(batch.said(), after), withdrawals.of(batch, after));
    }

    /// To be called when what the batch owes is in the outbox, in the same transaction. Memberships that ended before
    /// both readers came by are forgotten.
    void decided(FactBatch batch, String reader) {
        if (reader.equals(PushProcessors.PUSH_LATE)) {
            audience.forget(batch.first());
        }
        decided.advance(reader, batch.last());
    }
}
