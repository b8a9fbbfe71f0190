package dev.parley.app.security;

import dev.parley.app.problem.Problems;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.tail.ReadBarrier;
import dev.parley.tail.TailConfiguration;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/// Who may call which path. Membership of conversations is the handlers' business, not this one's.
///
/// Tokens travel in a header that browsers never add by themselves, so there is no cross-site request forgery to guard
/// against, and no server-side HTTP session.
@Configuration(proxyBeanMethods = false)
@Import(TailConfiguration.class)
class SecurityConfiguration {

    /// Their controllers ask for a token where one is needed, before anything else, and their errors have a form of
    /// their own.
    private static final String[] LOBBY = {"/user", "/session", "/game", "/db"};

    @Bean
    SecurityFilterChain paths(HttpSecurity http, ReadBarrier barrier, SessionCache sessions, Problems problems)
            throws Exception {
        return http.authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(LOBBY)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/v1/accounts", "/api/v1/sessions")
                        .permitAll()
                        .requestMatchers("/ws", "/actuator/health/**", "/v3/api-docs/**", "/v3/api-docs.yaml", "/error")
                        .permitAll()
                        .requestMatchers("/api/v1/audit/**")
                        .hasRole("AUDITOR")
                        .requestMatchers("/api/v1/archive/**")
                        .hasRole("ANALYST")
                        .requestMatchers("/api/v1/admin/**", "/actuator/**")
                        .hasRole("ADMIN")
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(
                        new TokenAuthenticationFilter(barrier, sessions, problems), AnonymousAuthenticationFilter.class)
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, e) -> problems.write(
                                request,
                                response,
                                new Rejection(
                                        RejectionCode.UNAUTHENTICATED, "This needs a token that is good; log in.")))
                        .accessDeniedHandler((request, response, e) -> problems.write(
                                request,
                                response,
                                new Rejection(RejectionCode.FORBIDDEN, "Your roles do not allow this."))))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /// Keeps Boot from making up a user with a password: accounts are command-side's.
    @Bean
    UserDetailsService noUsers() {
        return username -> {
            throw new UsernameNotFoundException(username);
        };
    }
}
