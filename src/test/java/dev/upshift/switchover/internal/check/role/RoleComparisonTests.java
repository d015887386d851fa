package dev.upshift.switchover.internal.check.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoleComparisonTests {

    private static final SignInRole USUAL = role(true, -1, true, "a");

    @Test
    void whoIsAlikeIsNotLockedOut() {
        assertThat(lockedOut(Map.of(), Map.of())).isEmpty();
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", USUAL, "more", USUAL)))
                .isEmpty();
        assertThat(lockedOut(Map.of("app", role(true, -1, true, null)), Map.of("app", USUAL)))
                .as("without a password it signs in otherwise")
                .isEmpty();
    }

    @Test
    void tellsWhoCannotSignInAnyMoreAndWhy() {
        assertThat(lockedOut(Map.of("app", USUAL), Map.of()))
                .singleElement()
                .asString()
                .contains("missing", "app");
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", role(false, -1, true, "a"))))
                .singleElement()
                .asString()
                .contains("may not sign in", "app");
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", role(true, 0, true, "a"))))
                .singleElement()
                .asString()
                .contains("no connection", "app");
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", role(true, 3, true, "a"))))
                .singleElement()
                .asString()
                .contains("fewer connections", "app");
        assertThat(lockedOut(Map.of("app", role(true, 3, true, "a")), Map.of("app", role(true, 3, true, "a"))))
                .isEmpty();
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", role(true, -1, false, "a"))))
                .singleElement()
                .asString()
                .contains("GRANT CONNECT", "app");
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", role(true, -1, true, "b"))))
                .singleElement()
                .asString()
                .contains("another password verifier", "app");
        assertThat(lockedOut(Map.of("app", USUAL), Map.of("app", role(true, -1, true, null))))
                .singleElement()
                .asString()
                .contains("no password", "app");
    }

    @Test
    void whoCannotSignInHereIsNoMatter() {
        assertThat(lockedOut(Map.of("group", role(false, -1, true, null)), Map.of()))
                .isEmpty();
        assertThat(lockedOut(Map.of("other", role(true, -1, false, "a")), Map.of()))
                .isEmpty();
    }

    @Test
    void oneSentenceForManyOfAKindAndOneForWhatCouldNotBeCompared() {
        Map<String, SignInRole> many = Map.of("a", USUAL, "b", USUAL, "c", USUAL);

        assertThat(lockedOut(many, Map.of())).hasSize(1);
        assertThat(new RoleComparison(
                                "shop", new SignInRoles(true, many), new SignInRoles(false, many), Side.TARGET, false)
                        .lockedOut())
                .singleElement()
                .asString()
                .contains("shop", "pg_authid", "TARGET");
    }

    @Test
    void behindAFenceItIsSaidHowTheStatementsRun() {
        assertThat(new RoleComparison(
                                "shop",
                                new SignInRoles(true, Map.of("app", USUAL)),
                                new SignInRoles(true, Map.of()),
                                Side.TARGET,
                                true)
                        .lockedOut())
                .singleElement()
                .extracting(Finding::sentence)
                .asString()
                .endsWith(
                        "missing: app. SET default_transaction_read_only = off; CREATE ROLE …, with the verifier of the other"
                                + " side.");
    }

    private static List<Finding> lockedOut(Map<String, SignInRole> left, Map<String, SignInRole> other) {
        return new RoleComparison("shop", new SignInRoles(true, left), new SignInRoles(true, other), Side.TARGET, false)
                .lockedOut();
    }

    private static SignInRole role(boolean login, int limit, boolean connect, @Nullable String verifier) {
        return new SignInRole(login, false, limit, connect, verifier, List.of(), List.of(), List.of());
    }
}
