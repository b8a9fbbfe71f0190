package dev.parley.app;

import dev.parley.app.archive.ImportArchive;
import dev.parley.app.backing.BackingServers;
import dev.parley.app.backing.ClearByDefault;
import dev.parley.app.listen.Listen;
import dev.parley.app.security.AuditSigningKey;
import dev.parley.app.security.FirstAdminPassword;
import dev.parley.app.start.StartFailure;
import dev.parley.app.start.StartProgress;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/// Starts the roles of this process and the servers they stand on. With a first argument `import` or `listen` it is the
/// client that `bin/import` or `bin/listen` runs.
///
/// Exit codes: 0 after an orderly stop, 1 if it could not start, with one line on the standard error that says why.
@SpringBootApplication
@EnableConfigurationProperties(ParleyProperties.class)
public class ParleyApplication {

    private static final int COULD_NOT_START = 1;

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

    public static void main(String[] arguments) {
        switch (arguments.length > 0 ? arguments[0] : "") {
            case "import" -> ImportArchive.main(rest(arguments));
            case "listen" -> System.exit(Listen.run(rest(arguments)));
            default -> serve(arguments);
        }
    }

    private static String[] rest(String... arguments) {
        return Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    private static void serve(String... arguments) {
        StartProgress progress = new StartProgress(System.out, System.nanoTime());
        BackingServers backing = new BackingServers(progress);
        SpringApplication application = new SpringApplication(ParleyApplication.class);
        // Modules name their classes without asking each other.
        application.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        application.addInitializers(
                new FirstAdminPassword(),
                new AuditSigningKey(),
                new ClearByDefault(),
                backing,
                context -> context.getBeanFactory().registerSingleton("startProgress", progress));
        SpringApplication.getShutdownHandlers().add(backing::close);
        try {
            application.run(arguments);
        } catch (Throwable failure) {
            System.err.println("parley: " + StartFailure.line(failure));
            System.exit(COULD_NOT_START);
        }
    }
}
