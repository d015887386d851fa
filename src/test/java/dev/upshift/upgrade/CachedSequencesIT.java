package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was on the target before it served holds values of a sequence that clients used on the source. */
class CachedSequencesIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    @Test
    void nobodyHandsOutFormerValues(@TempDir Path directory) throws SQLException {
        try (LabWorld world = LabWorld.builder().durable(false).start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().execute("shop", """
                    create sequence shop.coupon cache 50;
                    create table shop.coupons (id bigint primary key default nextval('shop.coupon'));
                    grant all on shop.coupons, shop.coupon to app;
                    """);
            upshift.register(ControlPlane.project(world, settings -> settings));
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            LedgerWriters writers = world.startWriters(4, 50);
            writers.awaitAcknowledged(50, SOON);

            try (Connection early = world.target().connect("shop", Login.APP);
                    Connection client = world.source().connect("shop", Login.APP)) {
                assertThat(next(early)).isEqualTo("1");
                for (int i = 0; i < 10; i++) {
                    assertThat(take(client)).isEmpty();
                }

                upshift.succeed("cutover", SOON);

                assertThat(take(early)).doesNotContain("duplicate key");
                assertThat(early.isValid(1)).as("its session").isFalse();
            }
            try (Connection again = world.target().connect("shop", Login.APP)) {
                assertThat(take(again)).isEmpty();
            }
            assertThat(upshift.metadata("select sentence from journal_entry where step = 'set-sequences'"
                            + " and event = 'SUCCEEDED'"))
                    .contains("1 session on the target might have handed out former values and was ended: app");
            writers.awaitAcknowledged(50, SOON);
            assertThat(writers.errors()).isEmpty();
            writers.stop();
            world.assertNothingLost(world.target());
        }
    }

    private static String next(Connection client) throws SQLException {
        try (Statement statement = client.createStatement();
                ResultSet answer = statement.executeQuery("select nextval('shop.coupon')")) {
            answer.next();
            return answer.getString(1);
        }
    }

    /** Why it is refused; empty when it is not. */
    private static String take(Connection client) {
        try (Statement statement = client.createStatement()) {
            statement.execute("insert into shop.coupons default values");
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
