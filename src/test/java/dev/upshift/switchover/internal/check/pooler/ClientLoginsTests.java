package dev.upshift.switchover.internal.check.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientLoginsTests {

    @Test
    void whatAStandInDoesNotProveIsSaid() {
        assertThat(ClientLogins.inWords(List.of(knowing("bouncer-b", "app"), ExampleProjects.pooler("bouncer-a"))))
                .isEqualTo(
                        "Through bouncer-b as the application's app. Through bouncer-a as the console's user, for the"
                                + " project names no login of the application: that the application itself can sign in is not"
                                + " proven.");
    }

    @Test
    void poolersOfTheSameLoginAreSaidTogetherAndNothingMore() {
        assertThat(ClientLogins.inWords(List.of(
                        knowing("bouncer-a", "app"), knowing("bouncer-b", "app"), knowing("bouncer-c", "reports"))))
                .isEqualTo("Through bouncer-a, bouncer-b as the application's app. Through bouncer-c as the"
                        + " application's reports.");
    }

    private static PoolerAddress knowing(String name, String login) {
        PoolerAddress pooler = ExampleProjects.pooler(name);
        return new PoolerAddress(
                name, pooler.console(), pooler.configuration(), new ApplicationLogin(login, new Secret("s3cret")));
    }
}
