package dev.parley.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/// Gives test classes one [Product] for all of them, started for the first and stopped after the last. They ask for it
/// as a parameter, use names of their own, neither stop it nor clear it, and let what others did there be.
///
/// Anybody may register as often as it likes; every other setting is the default.
final class SharedProduct implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedProduct.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, unused -> Running.start(), Running.class)
                .product;
    }

    /// Closed by JUnit with its store.
    private record Running(Product product, Path folder) implements AutoCloseable {

        static Running start() {
            try {
                Path folder = Files.createTempDirectory("shared-product");
                return new Running(
                        Product.start(
                                folder.resolve("data"),
                                List.of("--parley.command-side.limits.registrations-per-address=5000/1m")),
                        folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            product.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
