package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every major that can be a source or a target starts, and survives what tests do to it. */
class PostgresClusterIT {

    private final LabDirectory directory = LabDirectory.create();

    @AfterEach
    void clear() {
        directory.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void startsReadyForLogicalReplication(int major) {
        try (PostgresCluster cluster =
                PostgresCluster.of(major, directory).durable(false).start()) {
            assertThat(cluster.value("postgres", "show server_version")).startsWith(major + ".");
            assertThat(cluster.value("postgres", "show wal_level")).isEqualTo("logical");
            assertThat(cluster.value("postgres", "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("t");
        }
    }

    @Test
    void asksEverybodyForThePassword() {
        try (PostgresCluster cluster =
                PostgresCluster.of(17, directory).durable(false).start()) {
            assertThatThrownBy(() -> cluster.connect("postgres", new Login("upshift", "wrong")))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThatThrownBy(() -> cluster.connect("postgres", new Login("postgres", "")))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void comesBackOnItsPortAfterAStopAndAfterAKill() {
        try (PostgresCluster cluster = PostgresCluster.of(13, directory).start()) {
            cluster.execute("postgres", "create table kept (at timestamptz default now())");
            cluster.execute("postgres", "insert into kept default values");

            cluster.stop();
            assertThat(cluster.isRunning()).isFalse();
            cluster.restart();
            cluster.execute("postgres", "insert into kept default values");

            cluster.kill();
            assertThat(cluster.isRunning()).isFalse();
            cluster.restart();
            assertThat(cluster.value("postgres", "select count(*) from kept")).isEqualTo("2");
        }
    }

    @Test
    void takesSettingsAndIsDurableUnlessToldOtherwise() {
        try (PostgresCluster cluster = PostgresCluster.of(17, directory)
                .setting("work_mem", "7MB")
                .setting("max_connections", "33")
                .start()) {
            assertThat(cluster.value("postgres", "show work_mem")).isEqualTo("7MB");
            assertThat(cluster.value("postgres", "show max_connections")).isEqualTo("33");
            assertThat(cluster.value("postgres", "show fsync")).isEqualTo("on");
            assertThat(cluster.value("postgres", "show synchronous_commit")).isEqualTo("on");
        }
    }
}
