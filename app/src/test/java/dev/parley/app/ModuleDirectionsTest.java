package dev.parley.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Dependencies point one way: the roles know the language and never one another; the node knows nothing of chat.
@AnalyzeClasses(packages = "dev.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleDirectionsTest {

    private static final String APP = "dev.parley.app..";
    private static final String COMMAND = "dev.parley.command..";
    private static final String QUERY = "dev.parley.query..";
    private static final String DELIVERY = "dev.parley.delivery..";
    private static final String NOTIFICATIONS = "dev.parley.notifications..";
    private static final String NODE = "dev.parley.axonserver..";
    private static final String EMBEDDED = "dev.parley.embedded..";
    private static final String TAIL = "dev.parley.tail..";
    private static final String MESSAGES = "dev.parley.messages..";
    private static final String CLIENT = "dev.parley.client..";

    @ArchTest
    static final ArchRule THE_LANGUAGE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(MESSAGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    APP, COMMAND, QUERY, DELIVERY, NOTIFICATIONS, NODE, EMBEDDED, TAIL, "org.springframework..");

    @ArchTest
    static final ArchRule THE_TAIL_KNOWS_THE_LANGUAGE_ONLY = noClasses()
            .that()
            .resideInAPackage(TAIL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(APP, COMMAND, QUERY, DELIVERY, NOTIFICATIONS, NODE, EMBEDDED);

    @ArchTest
    static final ArchRule THE_NODE_KNOWS_NOTHING_OF_CHAT = noClasses()
            .that()
            .resideInAPackage(NODE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    APP, COMMAND, QUERY, DELIVERY, NOTIFICATIONS, MESSAGES, TAIL, EMBEDDED, "org.axonframework..");

    @ArchTest
    static final ArchRule EMBEDDED_SERVERS_KNOW_NOBODY = noClasses()
            .that()
            .resideInAPackage(EMBEDDED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(APP, COMMAND, QUERY, DELIVERY, NOTIFICATIONS, MESSAGES, NODE, "org.springframework..");

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_THE_PROTOCOL_ONLY = classes()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CLIENT, "java..", "tools.jackson..", "org.jspecify..");

    @ArchTest
    static final ArchRule COMMAND_SIDE_MEETS_OTHERS_THROUGH_MESSAGES = alone(COMMAND, QUERY, DELIVERY, NOTIFICATIONS);

    @ArchTest
    static final ArchRule QUERY_SIDE_MEETS_OTHERS_THROUGH_MESSAGES = alone(QUERY, COMMAND, DELIVERY, NOTIFICATIONS);

    @ArchTest
    static final ArchRule DELIVERY_MEETS_OTHERS_THROUGH_MESSAGES = alone(DELIVERY, COMMAND, QUERY, NOTIFICATIONS);

    @ArchTest
    static final ArchRule NOTIFICATIONS_MEET_OTHERS_THROUGH_MESSAGES = alone(NOTIFICATIONS, COMMAND, QUERY, DELIVERY);

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLES = slices().matching(
                    "dev.parley.(command|query|delivery|notifications|axonserver|app).(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_NAMED_SO = classes()
            .that()
            .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
            .should()
            .haveSimpleNameEndingWith("Controller")
            .andShould()
            .notBePublic();

    private static ArchRule alone(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(APP, NODE, EMBEDDED, CLIENT);
    }
}
