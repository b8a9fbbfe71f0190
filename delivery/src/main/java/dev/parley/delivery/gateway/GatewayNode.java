package dev.parley.delivery.gateway;

import dev.parley.delivery.dispatch.Delay;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.Executor;

/// What all sockets of this node share.
///
/// @param executor a thread for each task: tasks block on sockets
/// @param sent events written
record GatewayNode(Fanout fanout, CatchUp catchUp, Executor executor, Delay timer, Counter sent) {}
