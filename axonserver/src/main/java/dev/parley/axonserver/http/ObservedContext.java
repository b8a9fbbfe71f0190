package dev.parley.axonserver.http;

import dev.parley.axonserver.platform.PlatformService;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the HTTP side shows and steers of one context.
///
/// @param writable whether events can be appended, as far as its writer knows
/// @param commands how many clients handle each command
/// @param queries how many clients handle each query
public record ObservedContext(
        String name,
        PlatformService platform,
        BooleanSupplier writable,
        Supplier<Map<String, Integer>> commands,
        Supplier<Map<String, Integer>> queries) {}
