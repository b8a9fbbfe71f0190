package dev.parley.command.account;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/// Hashes passwords with bcrypt and checks them. Thread-safe.
///
/// bcrypt takes 72 bytes at most, so it is given an HMAC-SHA-256 of the password in base64. The work is done by half
/// of the processors' worth of threads with a bounded queue, so that a flood of logins leaves the others to messages.
public final class Passwords implements AutoCloseable {

    /// Counts passwords that were hashed or compared.
    public static final String DONE = "parley.command-side.passwords.done";

    private static final int QUEUE = 256;
    private static final byte[] PURPOSE = "parley-password-v1".getBytes(StandardCharsets.US_ASCII);

    private final BCryptPasswordEncoder bcrypt;
    private final String nobodysHash;
    private final ThreadPoolExecutor workers;

    /// @param strength the logarithm of the rounds, 4 to 31
    /// @param meters how many wait, and how many have had their turn
    public Passwords(int strength, MeterRegistry meters) {
        BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(strength);
        bcrypt = encoder;
        nobodysHash = encode(encoder, "nobody's");
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("password-", 0).factory());
        meters.gaugeCollectionSize("parley.command-side.passwords.waiting", List.of(), workers.getQueue());
        FunctionCounter.builder(DONE, workers, ThreadPoolExecutor::getCompletedTaskCount)
                .register(meters);
    }

    /// @throws RejectedException `unavailable` if too many wait already
    public String hash(String password) {
        return work(() -> encode(bcrypt, password));
    }

    /// Takes the same time with and without a hash, so that it does not tell whether an account exists.
    ///
    /// @param hash null where there is no account or it has no password: the answer is no
    /// @throws RejectedException `unavailable` if too many wait already
    public boolean matches(String password, @Nullable String hash) {
        boolean same = work(() -> bcrypt.matches(digest(password), hash == null ? nobodysHash : hash));
        return same && hash != null;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private <R> R work(Callable<R> task) {
        try {
            return workers.submit(task).get();
        } catch (RejectedExecutionException full) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "Too many log in at this moment");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed", e.getCause());
        }
    }

    private static String encode(BCryptPasswordEncoder encoder, String password) {
        return Objects.requireNonNull(encoder.encode(digest(password)));
    }

    private static String digest(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(PURPOSE, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
