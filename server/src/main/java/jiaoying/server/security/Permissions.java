package jiaoying.server.security;

import static jiaoying.server.security.Role.AUDITOR;
import static jiaoying.server.security.Role.DEPARTMENT;
import static jiaoying.server.security.Role.DUTY_LEADER;
import static jiaoying.server.security.Role.DUTY_OFFICER;
import static jiaoying.server.security.Role.SYSTEM_ADMINISTRATOR;
import static jiaoying.server.security.Role.TOWN;
import static jiaoying.server.security.Role.VILLAGE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may read which page and do which deed: the whole table. What is not in it is refused.
 * The areas of an account narrow every line further, see {@link Scope}.
 */
public final class Permissions {
    /** Everybody, signed in or not. */
    public static final Set<String> ANYONE = Set.of("ANYONE");
    /** Every account. */
    public static final Set<String> SIGNED_IN = Set.of("SIGNED_IN");

    static final String READINGS = "readings";
    static final String SIGNALS = "signals";
    static final String CARRIER = "carrier";
    static final String CAP = "cap";
    static final String REQUESTS = "requests";
    /** What a door token may be for. */
    public static final List<String> DOORS = List.of(READINGS, SIGNALS, CARRIER, CAP, REQUESTS);

    /** @param allowed authorities, one of which is enough */
    public record Rule(String method, String pattern, Set<String> allowed) {}

    private static final EnumSet<Role> READERS =
            EnumSet.of(DUTY_OFFICER, DUTY_LEADER, DEPARTMENT, TOWN, VILLAGE, AUDITOR);
    private static final EnumSet<Role> DOERS = EnumSet.of(DUTY_OFFICER, DUTY_LEADER, DEPARTMENT, TOWN, VILLAGE);
    private static final EnumSet<Role> DUTY = EnumSet.of(DUTY_OFFICER, DUTY_LEADER);
    private static final EnumSet<Role> DUTY_AND_TOWN = EnumSet.of(DUTY_OFFICER, DUTY_LEADER, TOWN);

    public static final List<Rule> RULES = List.of(
            rule("GET", "/", ANYONE),
            rule("GET", "/watch", ANYONE),
            rule("GET", "/doors", ANYONE),
            rule("GET", "/warn", ANYONE),
            rule("GET", "/answer", ANYONE),
            rule("GET", "/act", ANYONE),
            rule("GET", "/act/{item}", ANYONE),
            rule("GET", "/signin", ANYONE),
            rule("GET", "/stations/{station}", ANYONE),
            rule("GET", "/password", ANYONE), // the page; what it does is narrowed below
            rule("GET", "/assets/**", ANYONE),
            rule("GET", "/*.svg", ANYONE),
            rule("GET", "/*.ico", ANYONE),
            rule("GET", "/*.png", ANYONE),
            rule("GET", "/error", ANYONE),
            rule("GET", "/api/health", ANYONE),
            rule("GET", "/feeds/cap.atom", ANYONE), // narrowed by the room's settings
            rule("GET", "/feeds/cap/{name}.xml", ANYONE),
            rule("POST", "/api/session", ANYONE),
            rule("POST", "/api/session/link", ANYONE),
            rule("GET", "/a/kept.js", ANYONE),
            rule("GET", "/a/worker.js", ANYONE),
            rule("GET", "/a/{token}", ANYONE),
            rule("POST", "/a/{token}", ANYONE),
            rule("GET", "/phone/{token}", ANYONE),
            rule("POST", "/phone/{token}", ANYONE),
            rule("DELETE", "/api/session", SIGNED_IN),
            rule("GET", "/api/me", SIGNED_IN),
            rule("GET", "/api/watch", roles(READERS)),
            rule("GET", "/api/watch/timeline", roles(READERS)),
            rule("GET", "/api/watch/stream", roles(READERS)),
            rule("GET", "/api/watch/waiting", roles(DUTY)),
            rule("GET", "/api/watch/text", roles(READERS)),
            rule("GET", "/api/watch/silent.xlsx", roles(READERS)),
            rule("GET", "/api/map", roles(READERS)),
            rule("GET", "/api/stations/{station}", roles(READERS)),
            rule("GET", "/api/stations/{station}/readings.xlsx", roles(READERS)),
            rule("GET", "/api/stations/{station}/pictures/{digest}", roles(READERS)),
            rule("GET", "/api/warn", roles(READERS)),
            rule("GET", "/api/warn/preview", roles(READERS)),
            rule("GET", "/api/callees/{order}/{person}", roles(READERS)),
            rule(
                    "GET",
                    "/api/callees/{order}/{person}/recordings",
                    roles(EnumSet.of(DUTY_OFFICER, DUTY_LEADER, AUDITOR))),
            rule(
                    "GET",
                    "/api/callees/{order}/{person}/recordings/{sha256}",
                    roles(EnumSet.of(DUTY_OFFICER, DUTY_LEADER, AUDITOR))),
            rule("GET", "/api/answer", roles(READERS)),
            rule("GET", "/api/answer/rows", roles(READERS)),
            rule("GET", "/api/answer/changes", roles(READERS)),
            rule("GET", "/api/answer/rows.xlsx", roles(READERS)),
            rule("GET", "/api/answer/times", roles(READERS)),
            rule("GET", "/api/answer/coverage", roles(READERS)),
            rule("GET", "/api/answer/repairs", roles(EnumSet.of(DUTY_OFFICER, DUTY_LEADER, AUDITOR))),
            rule("GET", "/api/answer/lines", roles(READERS)),
            rule("GET", "/api/answer/people", roles(DUTY)), // to choose who takes part in an exercise
            rule("GET", "/api/answer/offline.html", roles(DUTY_AND_TOWN)),
            deed("take-shift", DUTY),
            deed("arm-sound", DUTY),
            deed("write-note", DUTY),
            deed("reached-by-desk", DUTY_AND_TOWN),
            deed("reached-by-hand", DUTY_AND_TOWN),
            deed("take-over", DUTY),
            deed("reported-in-place", DUTY_AND_TOWN),
            deed("start-drill", DUTY),
            deed("test-answers", DUTY),
            deed("end-drill", DUTY),
            deed("call-again", DUTY_AND_TOWN),
            deed("escalate", DUTY),
            deed("enter-signal", DUTY),
            deed("decide-alert", DUTY),
            deed("approve-proposal", EnumSet.of(DUTY_LEADER)),
            deed("decide-response", EnumSet.of(DUTY_LEADER)),
            deed("end-response", EnumSet.of(DUTY_LEADER)),
            deed("report-action", DOERS), // those who are not on duty only for their own body
            rule("GET", "/api/items", roles(READERS)),
            rule("GET", "/api/items.xlsx", roles(READERS)),
            rule("GET", "/api/items/summary", roles(READERS)),
            rule("GET", "/api/items/choices", roles(READERS)),
            rule("GET", "/api/items/{item}", roles(READERS)),
            rule("GET", "/api/programmes", roles(READERS)),
            rule("GET", "/api/programmes/{name}/report", roles(READERS)),
            rule("GET", "/api/items/{item}/evidence/{sha256}", roles(READERS)),
            rule("GET", "/api/programmes/{name}/report.{form}", roles(READERS)),
            rule("GET", "/api/programmes/{name}/published", roles(READERS)),
            rule("GET", "/api/programmes/{name}/published/{report}.{form}", roles(READERS)),
            rule("GET", "/api/documents", roles(READERS)), // whole room only
            rule("GET", "/api/documents/{document}", roles(READERS)),
            rule("POST", "/api/documents", roles(DOERS)),
            rule("GET", "/api/items/{item}/trace.pdf", roles(READERS)),
            rule("GET", "/api/trace/persons/{person}.{form}", roles(READERS)),
            rule("GET", "/api/trace/persons/{person}.jsonl", roles(READERS)),
            rule("GET", "/api/trace/bodies/{body}.{form}", roles(READERS)),
            rule("GET", "/api/trace/bodies/{body}.jsonl", roles(READERS)),
            rule("GET", "/api/trace/incidents/{item}.{form}", roles(READERS)),
            rule("GET", "/api/trace/incidents/{item}.jsonl", roles(READERS)),
            rule("GET", "/api/trace/places/{place}.{form}", roles(READERS)),
            rule("GET", "/api/trace/places/{place}.jsonl", roles(READERS)),
            rule("GET", "/api/items/{item}/trace.html", roles(READERS)),
            rule("GET", "/api/items/{item}/trace.jsonl", roles(READERS)),
            rule("POST", "/api/evidence", roles(DOERS)),
            deed("open-item", DOERS), // what a role may do with an item is its pack's and the house's rule
            deed("move-item", DOERS),
            deed("fill-item", DOERS),
            deed("prove-item", DOERS),
            deed("approve-item", DOERS),
            deed("pause-item", DOERS),
            deed("resume-item", DOERS),
            deed("ask-extension", DOERS),
            deed("decide-extension", DOERS),
            deed("answer-card", DOERS),
            deed("cancel-card", DOERS),
            deed("confirm-control", DOERS),
            deed("plan-item", DOERS),
            deed(
                    "publish-figures",
                    EnumSet.of(DUTY_LEADER, DEPARTMENT)), // whole room only; who in it is the room's rule
            deed("drop-draft", DOERS),
            deed("propose-limit", EnumSet.of(DUTY_LEADER, DEPARTMENT)),
            deed("decide-limit", EnumSet.of(DUTY_LEADER, DEPARTMENT)),
            deed("propose-amendment", EnumSet.of(DUTY_LEADER, DEPARTMENT)),
            deed("decide-amendment", EnumSet.of(DUTY_LEADER, DEPARTMENT)),
            rule("GET", "/api/programmes/{name}/settings", roles(READERS)),
            rule("GET", "/api/programmes/{name}/settings/{change}/preview", roles(READERS)),
            rule("POST", "/api/programmes/{name}/settings/preview", roles(EnumSet.of(DUTY_LEADER, DEPARTMENT))),
            rule("GET", "/api/programmes/{name}/limits", roles(READERS)),
            rule("GET", "/api/programmes/{name}/series", roles(READERS)),
            rule("POST", "/api/programmes/{name}/ledger/preview", roles(DOERS)),
            rule("POST", "/api/programmes/{name}/ledger", roles(DOERS)), // only supervisors: the room's rule
            rule("GET", "/foresee", ANYONE),
            rule("GET", "/api/forecasts", roles(READERS)),
            rule("GET", "/api/forecasts/{run}", roles(READERS)),
            rule("GET", "/api/forecasts/{run}/frames", roles(READERS)),
            deed("try-forecast", DUTY),
            deed("correct-signal", DUTY),
            deed("retract-signal", DUTY),
            deed("overrule-doubt", DUTY),
            deed("accept-reading", DUTY),
            deed("release-room", DUTY),
            deed("erase-person", EnumSet.of(SYSTEM_ADMINISTRATOR)),
            rule("PUT", "/api/me/password", SIGNED_IN),
            rule("GET", "/api/accounts", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule("POST", "/api/accounts", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule("PUT", "/api/accounts/{name}", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule("PUT", "/api/accounts/{name}/person", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule("POST", "/api/accounts/{name}/disable", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule("POST", "/api/accounts/{name}/enable", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule("POST", "/api/accounts/{name}/link", roles(EnumSet.of(SYSTEM_ADMINISTRATOR))),
            rule(
                    "GET",
                    "/api/arrivals/{number}",
                    either(roles(EnumSet.allOf(Role.class)), door(READINGS, SIGNALS, CARRIER, CAP, REQUESTS))),
            rule("GET", "/api/doors", roles(EnumSet.of(DUTY_OFFICER, DUTY_LEADER, AUDITOR, SYSTEM_ADMINISTRATOR))),
            rule("GET", "/api/carriers", roles(EnumSet.of(DUTY_OFFICER, DUTY_LEADER, AUDITOR, SYSTEM_ADMINISTRATOR))),
            rule("POST", "/api/doors/stations/{station}/clock", roles(DUTY)),
            rule("GET", "/v1.1", either(roles(READERS), door(READINGS))),
            rule("GET", "/v1.1/**", either(roles(READERS), door(READINGS))),
            rule("POST", "/v1.1/**", door(READINGS)),
            rule("POST", "/api/readings", door(READINGS)),
            rule("POST", "/api/signals", door(SIGNALS)),
            rule("POST", "/api/cap", door(CAP)),
            rule("GET", "/open311/discovery.json", ANYONE), // names no request and no person
            rule("GET", "/open311/discovery.xml", ANYONE),
            rule("GET", "/open311/v2/services.json", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/services.xml", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/services/{code}.json", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/services/{code}.xml", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/requests.json", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/requests.xml", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/requests/{id}.json", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/requests/{id}.xml", either(roles(READERS), door(REQUESTS))),
            rule("GET", "/open311/v2/tokens/{token}.json", door(REQUESTS)),
            rule("GET", "/open311/v2/tokens/{token}.xml", door(REQUESTS)),
            rule("POST", "/open311/v2/requests.json", door(REQUESTS)),
            rule("POST", "/open311/v2/requests.xml", door(REQUESTS)),
            rule("POST", "/api/carriers/{carrier}/events", door(CARRIER)));

    private Permissions() {}

    static String doorAuthority(String permission) {
        return "DOOR_" + permission;
    }

    private static Rule rule(String method, String pattern, Set<String> allowed) {
        return new Rule(method, pattern, allowed);
    }

    private static Rule deed(String deed, EnumSet<Role> roles) {
        return rule("POST", "/api/acts/" + deed, roles(roles));
    }

    private static Set<String> roles(EnumSet<Role> roles) {
        return roles.stream().map(Role::authority).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> door(String... permissions) {
        return Arrays.stream(permissions).map(Permissions::doorAuthority).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> either(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
