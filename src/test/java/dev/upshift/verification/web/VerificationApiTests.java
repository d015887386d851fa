package dev.upshift.verification.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import dev.upshift.PretendServers;
import dev.upshift.project.Cluster;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Projects;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@ApplicationTest
@WithMockUser("mara")
class VerificationApiTests {

    private static final String LATEST = "/api/v1/projects/compared/verifications/latest";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcClient database;

    @Autowired
    private Projects projects;

    @Autowired
    private PretendServers servers;

    @BeforeEach
    void oneProject() {
        servers.forgetProjects();
        database.sql("delete from verification").update();
        Cluster source = cluster("10.0.0.5");
        PoolerAddress pooler = new PoolerAddress(
                "bouncer-a",
                source.endpoint().at("10.0.0.7", 6432),
                new ConfigurationLocation("file", "/etc/pgbouncer/databases.ini"));
        projects.register(new ProjectDraft(
                "compared",
                "Compared",
                source,
                cluster("10.0.0.6"),
                List.of("shop"),
                List.of(pooler),
                ProjectSettings.DEFAULTS));
    }

    @Test
    void saysThatNothingWasComparedYet() {
        assertThat(mvc.get().uri(LATEST))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyText()
                .contains("has not been compared yet");
        assertThat(mvc.get().uri("/api/v1/projects/nobody/verifications/latest"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void showsTheLatestComparison() {
        comparison("2026-01-01 10:00+00", "EQUAL", null);
        comparison("2026-01-02 10:00+00", "DIFFERENT", "1 row differ");

        assertThat(mvc.get().uri(LATEST)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"startedAt": "2026-01-02T10:00:00Z", "endedAt": "2026-01-02T10:00:00Z", "differing": 1,
                 "leftOut": ["shop: 3 large objects (8.2 kB)"],
                 "tables": [{"database": "shop", "schema": "Shop", "table": "Order Lines", "verdict": "DIFFERENT",
                   "sourceRows": 2, "targetRows": 1, "sourceHash": "17", "targetHash": null, "millis": 12,
                   "note": "1 row differ"}]}""");
    }

    private void comparison(String at, String verdict, String note) {
        database.sql("""
                        with v as (
                            insert into verification (project_id, started_at, ended_at, left_out)
                            select id, :at::timestamptz, :at::timestamptz, '{shop: 3 large objects (8.2 kB)}'
                            from project where slug = 'compared'
                            returning id
                        )
                        insert into verified_table
                        select id, 0, 'shop', 'Shop', 'Order Lines', :verdict, 2, 1, '17', null, 12, :note from v""")
                .param("at", at)
                .param("verdict", verdict)
                .param("note", note)
                .update();
    }

    private static Cluster cluster(String host) {
        return new Cluster(new Endpoint(host, 5432, "upshift", new Secret("x"), SslMode.PREFER), null, null, null);
    }
}
