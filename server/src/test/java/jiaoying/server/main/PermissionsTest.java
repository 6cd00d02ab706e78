package jiaoying.server.main;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jiaoying.duty.casework.CaseDeed;
import jiaoying.duty.room.Deed;
import jiaoying.server.security.Permissions;
import jiaoying.server.security.Permissions.Rule;
import jiaoying.server.security.Role;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class PermissionsTest {
    /**
     * Deeds that come in by signing in and out, by opening an account and by other changes of access, not by a path of their
     * own; deeds on items have a path for each.
     */
    private static final Set<String> WITHOUT_PATH = Set.of(
            "signed-in",
            "signed-out",
            "open-account",
            "access",
            "on-item",
            "on-paper",
            "keep-document",
            "hear-item",
            "choose-plan");

    private final House house = House.open();

    @Test
    void every_page_and_door_is_in_the_table_and_nothing_else_is() {
        var mapped = new HashSet<String>();
        house.context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapped.add(method + " " + pattern))));
        var table = Permissions.RULES.stream()
                .filter(rule -> !rule.pattern().contains("*") || rule.pattern().startsWith("/v1.1"))
                .map(rule -> rule.method() + " " + rule.pattern())
                .map(path -> path.startsWith("POST /api/acts/") ? "POST /api/acts/{deed}" : path)
                .filter(path -> !path.equals("GET /error"))
                .collect(toSet());

        assertThat(mapped).isEqualTo(table);
    }

    @Test
    void every_deed_has_a_line_in_the_table() {
        var deeds = Stream.of(
                        names(Deed.class),
                        names(Deed.OnPaper.class),
                        names(CaseDeed.class).map(name -> name.contains("-") ? name : name + "-item"))
                .flatMap(family -> family)
                .filter(name -> !WITHOUT_PATH.contains(name))
                .collect(toSet());
        var lines = Permissions.RULES.stream()
                .filter(rule -> rule.pattern().startsWith("/api/acts/"))
                .map(rule -> rule.pattern().substring("/api/acts/".length()))
                .collect(toSet());

        assertThat(lines).isEqualTo(deeds);
    }

    private static Stream<String> names(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .map(deed ->
                        deed.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    @Test
    void nobody_without_a_name_gets_in() {
        for (var rule : closed()) {
            assertThat(isUnknown(reply(house.anybody(), rule)))
                    .as("%s %s for anybody", rule.method(), rule.pattern())
                    .isTrue();
        }
    }

    @Test
    void every_role_gets_in_where_the_table_says_and_nowhere_else() {
        for (var role : Role.values()) {
            for (var rule : closed()) {
                if (!endsTheSession(rule)) {
                    var reply = reply(house.withRole(role), rule);
                    assertThat(isUnknown(reply)).isFalse();
                    assertThat(isDenied(reply))
                            .as("%s is denied %s %s (%s)", role, rule.method(), rule.pattern(), reply.status())
                            .isEqualTo(!allows(rule, role));
                }
            }
        }
    }

    @Test
    void an_auditor_acts_nowhere() {
        var acting = Permissions.RULES.stream()
                .filter(rule -> !rule.method().equals("GET"))
                .filter(rule -> rule.allowed().contains("ROLE_AUDITOR"))
                .map(Rule::pattern);

        assertThat(acting).isEmpty();
    }

    @Test
    void a_door_token_opens_its_own_door_only() {
        for (var permission : Permissions.DOORS) {
            var token = "Bearer " + house.doors.make("source-" + permission, permission);
            for (var rule : closed()) {
                var allowed = rule.allowed().contains("DOOR_" + permission);
                var reply = house.anybody()
                        .send(
                                rule.method(),
                                path(rule),
                                body(rule),
                                "Authorization",
                                token,
                                "Content-Type",
                                "text/plain");
                assertThat(isUnknown(reply) || isDenied(reply))
                        .as("token for %s is denied %s %s", permission, rule.method(), rule.pattern())
                        .isEqualTo(!allowed);
            }
        }
    }

    @Test
    void a_wrong_token_is_refused_at_every_door() {
        for (var path : List.of("/api/readings", "/api/signals", "/api/carriers/c/events")) {
            var reply = house.anybody().send("POST", path, "{}", "Authorization", "Bearer wrong");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(reply.json().path("error").path("what").asString()).isEqualTo("令牌不认识或已吊销");
        }
    }

    @Test
    void what_is_not_in_the_table_is_refused_even_to_a_duty_officer() {
        var officer = house.withRole(Role.DUTY_OFFICER);
        for (var path : List.of(
                "/api/secrets", "/actuator", "/actuator/env", "/api/acts/other", "/index.html", "/..;/api/watch")) {
            assertThat(officer.get(path).status()).as(path).isIn(400, 401, 403, 404);
        }
        assertThat(officer.post("/api/acts/other", "{}").status()).isEqualTo(403);
    }

    @Test
    void a_head_request_opens_only_what_is_open_to_everybody() {
        assertThat(house.anybody().send("HEAD", "/api/watch", "").status()).isEqualTo(401);
        assertThat(house.withRole(Role.DUTY_OFFICER)
                        .send("HEAD", "/api/watch", "")
                        .status())
                .isEqualTo(403);
        assertThat(house.anybody().send("HEAD", "/api/health", "").status()).isEqualTo(200);
    }

    private static List<Rule> closed() {
        var closed = new ArrayList<>(Permissions.RULES);
        closed.removeIf(rule -> rule.allowed().equals(Permissions.ANYONE));
        assertThat(closed).hasSizeGreaterThan(20);
        return closed;
    }

    private static boolean endsTheSession(Rule rule) {
        return rule.method().equals("DELETE");
    }

    private static boolean allows(Rule rule, Role role) {
        return rule.allowed().equals(Permissions.SIGNED_IN) || rule.allowed().contains("ROLE_" + role.name());
    }

    /** Denied for the role, not for the areas of the account. */
    /** GeoReport v2 says 403 to a missing or invalid key, in its own form; everything else says 401. */
    private static boolean isUnknown(Visitor.Reply reply) {
        return reply.status() == 401
                || reply.status() == 403
                        && isGeoReport(reply)
                        && Stream.of("还没有登录", "令牌不认识").anyMatch(reply.body()::contains);
    }

    private static boolean isDenied(Visitor.Reply reply) {
        return reply.status() == 403
                && (isGeoReport(reply)
                        ? reply.body().contains("您的角色不能做这件事")
                        : List.of("您的角色不能做这件事", "页面已过期")
                                .contains(
                                        reply.json().path("error").path("what").asString()));
    }

    private static boolean isGeoReport(Visitor.Reply reply) {
        return reply.body().startsWith("[{\"code\":") || reply.body().contains("<errors>");
    }

    private static Visitor.Reply reply(Visitor visitor, Rule rule) {
        if (rule.pattern().endsWith("/stream")) {
            return visitor.begin(path(rule));
        }
        return rule.method().equals("GET")
                ? visitor.get(path(rule))
                : visitor.write(rule.method(), path(rule), body(rule));
    }

    private static String path(Rule rule) {
        return rule.pattern().replaceAll("\\{number}", "1").replaceAll("\\{[a-z0-9]+}", "x");
    }

    /** Never complete, so that nothing is done where the door is open. */
    private static String body(Rule rule) {
        return rule.method().equals("GET") ? "" : "[]";
    }

    @Test
    void the_words_of_roles_are_those_of_the_accounts() {
        assertThat(EnumSet.allOf(Role.class).stream().map(Role::word).collect(Collectors.toList()))
                .containsExactly(
                        "duty-officer",
                        "duty-leader",
                        "department",
                        "town",
                        "village",
                        "auditor",
                        "system-administrator");
    }
}
