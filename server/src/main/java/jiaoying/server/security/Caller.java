package jiaoying.server.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes a request: somebody signed in, or a machine with a door token. */
public sealed interface Caller {
    /** The name that facts carry. */
    String name();

    record Person(Account account, String session) implements Caller {
        @Override
        public String name() {
            return account.name();
        }
    }

    record Machine(String name, String permission) implements Caller {}

    /** The person of the present request, which the rules of access have let in. */
    static Person person() {
        return current() instanceof Person person ? person : Person.class.cast(refuse());
    }

    /** Who makes the request, if it is known. */
    static Optional<Caller> find() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    static Caller current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : refuse();
    }

    private static Caller refuse() {
        throw new IllegalStateException("Bug: a page that needs to know its caller is open to everybody");
    }

    /** A caller in the words of Spring Security. */
    final class Token extends AbstractAuthenticationToken {
        private final transient Caller caller;

        Token(Caller caller) {
            super(authorities(caller));
            this.caller = caller;
            setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return caller;
        }

        private static List<GrantedAuthority> authorities(Caller caller) {
            var all = new ArrayList<GrantedAuthority>();
            switch (caller) {
                case Person(var account, var _) -> {
                    all.add(new SimpleGrantedAuthority("SIGNED_IN"));
                    account.roles().forEach(role -> all.add(new SimpleGrantedAuthority(role.authority())));
                }
                case Machine(var _, var permission) ->
                    all.add(new SimpleGrantedAuthority(Permissions.doorAuthority(permission)));
            }
            return all;
        }
    }
}
