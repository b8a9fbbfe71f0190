package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A table of claims in memory, which the test can look at and break. A number is when the socket was opened.
final class ScriptedClaims implements ClaimStore {

    final List<List<DeviceKey>> asked = new ArrayList<>();
    final List<Claim> released = new ArrayList<>();
    final Map<DeviceKey, Long> newest = new HashMap<>();
    int questions;
    /// Whether it cannot be told which of two sockets is the newer.
    boolean doubtful;
    /// Done first in each claim.
    Runnable before = () -> {};

    @Override
    public List<Claim> claim(Collection<Wanted> wanted) {
        asked.add(wanted.stream().map(Wanted::device).toList());
        before.run();
        return wanted.stream()
                .filter(each -> newest.merge(each.device(), each.opened(), Math::max) == each.opened())
                .map(each -> new Claim(each.device(), each.opened(), each.position()))
                .toList();
    }

    @Override
    public void release(Collection<Claim> claims, Duration grace) {
        released.addAll(claims);
    }

    @Override
    public Map<DeviceKey, Long> numbers(Collection<DeviceKey> devices) {
        questions++;
        Map<DeviceKey, Long> numbers = new HashMap<>(newest);
        numbers.keySet().retainAll(devices);
        return numbers;
    }

    @Override
    public Set<DeviceKey> newer(Collection<Wanted> refused) {
        return doubtful
                ? Set.of()
                : Set.copyOf(refused.stream().map(Wanted::device).toList());
    }

    @Override
    public void restore(Collection<Claim> claims) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Claim> ours() {
        return List.of();
    }
}
