package dev.parley.app.api;

import dev.parley.messages.RejectionCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/// What springdoc cannot read off the controllers: the token, the form of errors, and which form a path's errors have.
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";
    private static final String LOBBY_ERROR = "LobbyError";
    private static final String VERSIONED = "/api/v1/";
    private static final List<String> WITHOUT_TOKEN =
            List.of("POST /api/v1/accounts", "POST /api/v1/sessions", "POST /user", "POST /session", "DELETE /db");

    /// Said again, they answer with what is there.
    private static final List<String> CREATED_BEFORE =
            List.of("POST /api/v1/conversations", "POST /api/v1/admin/imports/{archive}");

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Principal.class);
    }

    @Bean
    OpenAPI apiDescription() {
        return new OpenAPI()
                .info(new Info()
                        .title("Parley")
                        .version("v1")
                        .description(
                                "Event-sourced messaging: accounts, conversations, history, search, audit, devices, "
                                        + "and the game lobby. Live delivery is the WebSocket at /ws: see docs/asyncapi.yaml.")
                        .license(new License().name("Apache-2.0")))
                .addServersItem(new Server().url("/"))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A session's token; the scheme's name may be left out."))
                        .addSchemas(PROBLEM, problem())
                        .addSchemas(LOBBY_ERROR, lobbyError()));
    }

    /// Operations go by their handlers' names: `session.logOut`, in the group `session`.
    @Bean
    OperationCustomizer names() {
        return (operation, handler) -> {
            String group = StringUtils.uncapitalize(
                    handler.getBeanType().getSimpleName().replace("Controller", ""));
            operation.setTags(List.of(group));
            operation.setOperationId(group + "." + handler.getMethod().getName());
            if (operation.getParameters() != null) {
                operation.getParameters().removeIf(parameter -> HttpHeaders.AUTHORIZATION.equals(parameter.getName()));
            }
            return operation;
        };
    }

    /// Each operation says how it refuses and whether it needs a token.
    @Bean
    OpenApiCustomizer refusals() {
        return api -> api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> refine(path, method + " " + path, operation)));
    }

    private static void refine(String path, String route, Operation operation) {
        boolean versioned = path.startsWith(VERSIONED);
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("Refused or failed")
                                .content(
                                        versioned
                                                ? content("application/problem+json", PROBLEM)
                                                : content("application/json", LOBBY_ERROR)));
        ApiResponse created = operation.getResponses().get("201");
        if (created != null && CREATED_BEFORE.contains(route)) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "200", new ApiResponse().description("It was there").content(created.getContent()));
        }
        if (!WITHOUT_TOKEN.contains(route)) {
            operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
        }
    }

    private static Content content(String type, String schema) {
        return new Content()
                .addMediaType(type, new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + schema)));
    }

    private static Schema<?> problem() {
        return object("RFC 9457, with a code that programs can rely on; docs/conversations.md lists them.")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("code", codes())
                .addProperty("detail", new StringSchema())
                .addProperty("field", new StringSchema().description("The field to blame, where one is"))
                .addProperty(
                        "position",
                        new IntegerSchema()
                                .description(
                                        "Where in the field's text, in UTF-16 code units from 0, where it is known"))
                .addProperty("instance", new StringSchema());
    }

    private static Schema<?> codes() {
        StringSchema codes = new StringSchema();
        Arrays.stream(RejectionCode.values()).map(RejectionCode::text).forEach(codes::addEnumItem);
        return codes;
    }

    private static Schema<?> lobbyError() {
        return object("The lobby's own form.").addProperty("message", new StringSchema().example("Error: bad request"));
    }

    private static Schema<?> object(@Nullable String description) {
        return new ObjectSchema().description(description);
    }
}
