package dev.parley.app.demo;

/// Says in one line why the demo could not be made.
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String line) {
        super(line);
    }
}
