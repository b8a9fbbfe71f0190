/// Axon Framework as Parley uses it: serializers, buses and tokens.
@NullMarked
package dev.parley.app.axon;

import org.jspecify.annotations.NullMarked;
