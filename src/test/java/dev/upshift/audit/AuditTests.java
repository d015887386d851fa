package dev.upshift.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.upshift.ApplicationTest;
import dev.upshift.audit.AuditEntry.Action;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunStarted;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.RunsAllowed;
import dev.upshift.engine.RunsStopped;
import dev.upshift.metadata.MetadataTest;
import dev.upshift.project.ProjectChanged;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionOperations;

@ApplicationTest
@WithMockUser("mara")
class AuditTests {

    @Autowired
    private AuditTrail trail;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionOperations transaction;

    @Autowired
    private JdbcClient database;

    @Autowired
    private MockMvcTester mvc;

    @Test
    void recordsWhatWasCommittedAndNothingElse() {
        transaction.executeWithoutResult(undone -> {
            events.publishEvent(new ProjectChanged(1, "committed", "Undone", "mara"));
            undone.setRollbackOnly();
        });
        transaction.executeWithoutResult(
                _ -> events.publishEvent(new ProjectChanged(1, "committed", "Changed settings", "mara")));

        await().until(() -> !trail.ofProject("committed", 10).isEmpty());
        assertThat(trail.ofProject("committed", 10)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("mara");
            assertThat(entry.action()).isEqualTo(Action.PROJECT_CHANGED);
            assertThat(entry.sentence()).isEqualTo("Changed settings");
        });
    }

    /** As the engine does it. */
    @Test
    void recordsRunsThatAreToldOfOutsideATransaction() {
        events.publishEvent(new RunStarted(1, "outside", 4, ProcedureName.CUTOVER, "9f3c0000", "mara", null));
        await().until(() -> trail.ofProject("outside", 10).size() == 1);
        events.publishEvent(new RunEnded(
                1, "outside", 4, ProcedureName.CUTOVER, RunStatus.ABORTED, "Clients go on against the source."));
        await().until(() -> trail.ofProject("outside", 10).size() == 2);

        assertThat(trail.ofProject("outside", 10))
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Action.RUN_ENDED, "system"),
                        org.assertj.core.groups.Tuple.tuple(Action.RUN_STARTED, "mara"));
        await().untilAsserted(() -> assertThat(database.sql("select count(*) from event_publication")
                        .query(Integer.class)
                        .single())
                .isZero());
    }

    @Test
    void recordsWhoStoppedAllRunsAndWhoAllowedThem() {
        transaction.executeWithoutResult(_ -> events.publishEvent(new RunsStopped("mara", "storage trouble")));
        transaction.executeWithoutResult(_ -> events.publishEvent(new RunsAllowed("ola")));

        await().untilAsserted(() -> assertThat(database.sql(
                                "select actor || ' ' || action || ' ' || sentence from audit_entry where action like 'RUNS%'")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "mara RUNS_STOPPED Stopped all runs: storage trouble", "ola RUNS_ALLOWED Allowed runs again"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update audit_entry set actor = 'nobody'", "delete from audit_entry", "truncate audit_entry"})
    void isAppendOnly(String statement) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> database.sql(statement).update())
                .havingRootCause()
                .withMessageContaining("append-only");
    }

    @Test
    void showsTheNewestFirstOverRest() {
        for (String what : List.of("One", "Two", "Three")) {
            transaction.executeWithoutResult(_ -> events.publishEvent(new ProjectChanged(1, "listed", what, null)));
            await().until(() -> trail.ofProject("listed", 1).stream()
                    .anyMatch(entry -> entry.sentence().equals(what)));
        }

        assertThat(mvc.get().uri("/api/v1/projects/listed/audit?limit=2"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"items": [
                          {"actor": "system", "action": "PROJECT_CHANGED", "projectSlug": "listed", "sentence": "Three"},
                          {"sentence": "Two"}]}""");
        assertThat(mvc.get().uri("/api/v1/projects/never-heard-of/audit")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void recordsSignInsByFormAndEveryFailure() {
        mvc.post()
                .uri("/login")
                .with(csrf())
                .param("username", "admin")
                .param("password", MetadataTest.ADMINISTRATORS_PASSWORD)
                .exchange();
        mvc.post()
                .uri("/login")
                .with(csrf())
                .param("username", "eve\0".repeat(40))
                .param("password", "a wrong password")
                .exchange();

        assertThat(database.sql(
                                "select actor || ' ' || action || ' ' || sentence from audit_entry where action like 'SIGN%'")
                        .query(String.class)
                        .list())
                .contains(
                        "admin SIGNED_IN Signed in from 127.0.0.1",
                        "eve".repeat(21) + " SIGN_IN_FAILED Failed to sign in from 127.0.0.1")
                .noneSatisfy(entry -> assertThat(entry).contains("wrong password"));
    }
}
