package dev.parley.app.problem;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.function.Supplier;

/// Lets a bounded number of bytes through and throws on the next one.
final class LimitedInputStream extends ServletInputStream {

    private final ServletInputStream in;
    private final Supplier<? extends RuntimeException> overflow;
    private long left;

    LimitedInputStream(ServletInputStream in, long limit, Supplier<? extends RuntimeException> overflow) {
        this.in = in;
        this.left = limit;
        this.overflow = overflow;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw overflow.get();
        }
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }
}
