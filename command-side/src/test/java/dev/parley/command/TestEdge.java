package dev.parley.command;

import dev.parley.messages.RejectedException;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// An edge that believes what the headers `X-Account` and `X-Role` say, and answers rejections with their code.
@RestControllerAdvice
class TestEdge {

    @Bean
    Filter believer() {
        return (request, response, chain) -> chain.doFilter(new Believed((HttpServletRequest) request), response);
    }

    @ExceptionHandler(RejectedException.class)
    ResponseEntity<Object> rejected(RejectedException refused) {
        return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body(refused.rejection());
    }

    @ExceptionHandler(MethodArgumentNotValidException.class)
    ResponseEntity<Object> invalid(MethodArgumentNotValidException invalid) {
        String field = invalid.getBindingResult().getFieldErrors().getFirst().getField();
        return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body(Map.of("code", "invalid", "field", field));
    }

    private static final class Believed extends HttpServletRequestWrapper {

        Believed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            String account = getHeader("X-Account");
            return account == null ? null : () -> account;
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals(getHeader("X-Role"));
        }
    }
}
