package jiaoying.server.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/** The table of {@link Permissions}, the headers and the CSRF cookie, in the words of Spring Security. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class AccessRules {
    static final String CONTENT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /** These carry their own secret: a door token in a header, or the link token in the path. */
    private static final String[] WITHOUT_COOKIES = {
        "/api/readings",
        "/api/signals",
        "/api/cap",
        "/api/carriers/*/events",
        "/v1.1/**",
        "/open311/**",
        "/a/*",
        "/phone/*"
    };

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Sessions sessions, DoorTokens doors, JsonMapper json) {
        var refusals = new Refusals(json);
        return http.authorizeHttpRequests(AccessRules::table)
                .addFilterBefore(new SmallBodies(refusals), CsrfFilter.class)
                .addFilterBefore(new CallerFilter(sessions, doors), AnonymousAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens())
                        .csrfTokenRequestHandler(new SpokenToken())
                        .ignoringRequestMatchers(WITHOUT_COOKIES))
                .headers(AccessRules::headers)
                .exceptionHandling(
                        no -> no.authenticationEntryPoint((asked, reply, _) -> refusals.unknown(asked, reply))
                                .accessDeniedHandler(refusals::denied))
                .requestCache(cache -> cache.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    private static void table(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll();
        for (var rule : Permissions.RULES) {
            var matched = requests.requestMatchers(HttpMethod.valueOf(rule.method()), rule.pattern());
            allow(matched, rule);
            if (rule.method().equals("GET") && rule.allowed().equals(Permissions.ANYONE)) {
                allow(requests.requestMatchers(HttpMethod.HEAD, rule.pattern()), rule);
            }
        }
        requests.anyRequest().denyAll();
    }

    private static void allow(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl matched, Permissions.Rule rule) {
        if (rule.allowed().equals(Permissions.ANYONE)) {
            matched.permitAll();
        } else {
            matched.hasAnyAuthority(rule.allowed().toArray(String[]::new));
        }
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()"))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
    }

    private static CookieCsrfTokenRepository tokens() {
        var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.path("/").sameSite("Strict"));
        return tokens;
    }

    /** Makes the token's cookie appear with the first reply, refused or not, so that a page can send it back. */
    private static final class SpokenToken extends CsrfTokenRequestAttributeHandler {
        @Override
        public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
            super.handle(request, response, token);
            if (request.getRequestURI().startsWith("/api/")
                    || request.getRequestURI().equals("/signin")) {
                token.get().getToken();
            }
        }
    }
}
