package dev.upshift.identity.internal;

import java.util.Optional;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** Shows accounts to the sign-in. Every account is an administrator so far. */
@Component
class AccountUsers implements UserDetailsService {

    static final String ADMINISTRATOR = "ADMINISTRATOR";

    private final Accounts accounts;

    AccountUsers(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        return Optional.of(username)
                // PostgreSQL refuses to even compare a text with a zero byte in it.
                .filter(name -> name.chars().noneMatch(Character::isISOControl))
                .flatMap(accounts::byName)
                .map(account -> User.withUsername(account.name())
                        .password(account.passwordHash())
                        .roles(ADMINISTRATOR)
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException("There is no such account"));
    }
}
