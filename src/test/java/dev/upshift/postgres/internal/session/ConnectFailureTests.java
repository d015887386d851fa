package dev.upshift.postgres.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable.Reason;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailureTests {

    private static final Endpoint SERVER =
            new Endpoint("db.internal", 5432, "upshift", new Secret("hidden"), SslMode.REQUIRE);

    @ParameterizedTest
    @CsvSource({
        "28P01, AUTHENTICATION",
        "28000, AUTHENTICATION",
        "42501, AUTHENTICATION",
        "3D000, DATABASE_MISSING",
        "53300, TOO_MANY_CONNECTIONS",
        "57P03, STARTING_UP",
        "XX000, OTHER"
    })
    void tellsTheReasonFromTheState(String state, Reason reason) {
        assertThat(ConnectFailure.of(new SQLException("FATAL: told by the server", state))
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @MethodSource("networkErrors")
    void tellsTheReasonFromTheNetworkErrorBelow(Throwable cause, Reason reason) {
        SQLException failure = new SQLException("The connection attempt failed.", "08001", new Exception(cause));

        assertThat(ConnectFailure.of(failure).reason()).isEqualTo(reason);
    }

    static Stream<Arguments> networkErrors() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db.internal"), Reason.HOST_UNKNOWN),
                Arguments.of(new ConnectException("Connection refused"), Reason.REFUSED),
                Arguments.of(new SocketTimeoutException("Read timed out"), Reason.TIMED_OUT),
                Arguments.of(new NoRouteToHostException("No route to host"), Reason.TIMED_OUT),
                Arguments.of(new SSLHandshakeException("bad certificate"), Reason.TLS),
                Arguments.of(new EOFException(), Reason.OTHER));
    }

    @ParameterizedTest
    @CsvSource({
        "Connection attempt timed out., TIMED_OUT",
        "The server does not support SSL., TLS",
        "'The server requested SCRAM-based authentication, but no password was provided.', AUTHENTICATION",
        "Something new, OTHER",
        ", OTHER"
    })
    void tellsTheReasonFromTheDriversText(@Nullable String text, Reason reason) {
        assertThat(ConnectFailure.of(new SQLException(text, "08004")).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void namesTheServerAndARemedyForEveryReason(Reason reason) {
        PostgresUnreachable told =
                new ConnectFailure(reason, new SQLException("FATAL: said so", "XX000")).about(SERVER, "shop");

        assertThat(told.reason()).isEqualTo(reason);
        assertThat(told).hasMessageContaining("db.internal").hasMessageEndingWith(".");
        assertThat(told.getMessage()).doesNotContain("hidden", "FATAL");
    }

    @Test
    void recognisesAPooler() {
        SQLException refusal = new SQLException("FATAL: unsupported startup parameter: options", "08P01");

        assertThat(ConnectFailure.of(refusal).about(SERVER, "shop"))
                .hasMessageContaining("give the address of PostgreSQL itself");
    }
}
