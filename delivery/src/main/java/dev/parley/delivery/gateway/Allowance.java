package dev.parley.delivery.gateway;

/// How often something may be done: a burst at once, then a steady rate. Thread-safe.
final class Allowance {

    private static final double NANOS = 1e9;

    private final double burst;
    private final double perSecond;
    private double left;
    private long counted;

    Allowance(double burst, double perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.left = burst;
        this.counted = System.nanoTime();
    }

    synchronized boolean take() {
        long now = System.nanoTime();
        left = Math.min(burst, left + (now - counted) / NANOS * perSecond);
        counted = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
