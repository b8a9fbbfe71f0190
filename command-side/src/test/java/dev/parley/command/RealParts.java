package dev.parley.command;

import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.command.dispatch.Commands;
import dev.parley.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// One PostgreSQL and one Axon Server node for all tests of this JVM, and command sides on them.
public final class RealParts {

    private static final EmbeddedPostgres POSTGRES = startPostgres();
    private static final AxonServerNode NODE = startNode();
    private static ConfigurableApplicationContext shared;

    private RealParts() {}

    /// The command side that tests share.
    public static synchronized ConfigurableApplicationContext commandSide() {
        if (shared == null) {
            shared = startCommandSide();
        }
        return shared;
    }

    /// A command side of the caller's own: a node beside the shared one.
    public static ConfigurableApplicationContext startCommandSide(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "spring.datasource.url=" + POSTGRES.jdbcUrl(),
                "spring.datasource.username=" + POSTGRES.user(),
                "spring.datasource.password=" + POSTGRES.password(),
                "spring.flyway.enabled=false",
                "spring.mvc.formcontent.filter.enabled=false",
                "spring.servlet.multipart.enabled=false",
                "spring.threads.virtual.enabled=true",
                "spring.main.banner-mode=off",
                "server.port=0",
                "server.address=127.0.0.1",
                "axon.axonserver.servers=127.0.0.1:" + NODE.port(),
                "axon.axonserver.client-id=" + UUID.randomUUID(),
                "axon.axonserver.command-threads=32",
                "axon.update-check.disabled=true",
                "parley.clear.enabled=true",
                "parley.command-side.password-strength=4",
                "parley.command-side.admin.password=open sesame"));
        all.addAll(List.of(settings));
        return new SpringApplicationBuilder(TestAssembly.class)
                .properties(all.toArray(String[]::new))
                .run();
    }

    /// Commands that this command side handles itself: through the node they may go to any that runs.
    public static Commands commandsOnlyOn(ApplicationContext commandSide) {
        CommandBus bus = commandSide.getBean("localCommandBus", CommandBus.class);
        return new Commands(DefaultCommandGateway.builder().commandBus(bus).build());
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "postgres-");
            return EmbeddedPostgres.start(folder).closeAtExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AxonServerNode startNode() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(POSTGRES.jdbcUrl());
        dataSource.setUser(POSTGRES.user());
        dataSource.setPassword(POSTGRES.password());
        return AxonServerNode.start(AxonServerNodeProperties.with(Map.of("port", 0)), dataSource);
    }
}
