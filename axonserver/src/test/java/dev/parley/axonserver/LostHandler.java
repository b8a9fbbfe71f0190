package dev.parley.axonserver;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// A handler that takes its work and never answers. The first message to it is the acknowledgement of its subscription.
///
/// @param isWork tells work from acknowledgements
record LostHandler<T>(Predicate<T> isWork, CompletableFuture<T> acknowledged, CompletableFuture<T> work)
        implements StreamObserver<T> {

    LostHandler(Predicate<T> isWork) {
        this(isWork, new CompletableFuture<>(), new CompletableFuture<>());
    }

    @Override
    public void onNext(T message) {
        (isWork.test(message) ? work : acknowledged).complete(message);
    }

    @Override
    public void onError(Throwable t) {}

    @Override
    public void onCompleted() {}
}
