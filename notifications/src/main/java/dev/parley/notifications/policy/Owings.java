package dev.parley.notifications.policy;

import dev.parley.messages.AccountId;
import dev.parley.notifications.outbox.OwedPush;
import dev.parley.notifications.outbox.OwedWithdrawal;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a batch may owe to devices.
record Owings(List<OwedPush> rings, List<OwedWithdrawal> withdrawals) {

    Set<AccountId> accounts() {
        return Stream.concat(
                        rings.stream().map(OwedPush::device),
                        withdrawals.stream().map(OwedWithdrawal::device))
                .map(device -> device.account())
                .collect(Collectors.toSet());
    }

    Owings where(Predicate<OwedPush> ring, Predicate<OwedWithdrawal> withdrawal) {
        return new Owings(
                rings.stream().filter(ring).toList(),
                withdrawals.stream().filter(withdrawal).toList());
    }
}
