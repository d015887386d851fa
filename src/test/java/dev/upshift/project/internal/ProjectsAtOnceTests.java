package dev.upshift.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.upshift.identity.CurrentActor;
import dev.upshift.metadata.MetadataTest;
import dev.upshift.project.ConnectionTest;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.shared.DataDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Two people save projects over the same servers at the same moment: one of them is told. */
@DataJdbcTest
@MetadataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@EnableConfigurationProperties(ProjectModuleSettings.class)
@Import({
    ProjectSaves.class,
    TriedSaves.class,
    StoredProjects.class,
    SavingTurn.class,
    ProjectMapping.class,
    TriedConnections.class,
    SecretKeys.class,
    StoredTypes.class,
    ProjectsAtOnceTests.Surroundings.class
})
class ProjectsAtOnceTests {

    @Autowired
    private Projects projects;

    @Test
    void ofTwoThatShareTheirServersOneIsSaved() {
        List<Throwable> outcomes = Stream.of("first", "second")
                .map(slug -> CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> projects.register(called(slug))),
                        task -> Thread.ofVirtual().start(task)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .filter(Objects::nonNull)
                .toList();

        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        InvalidProject.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.message()).contains("belongs to")));
        assertThat(projects.all()).hasSize(1);
    }

    private static ProjectDraft called(String slug) {
        ProjectDraft shop = ProjectDrafts.shop();
        return new ProjectDraft(
                slug, slug, shop.source(), shop.target(), shop.databases(), shop.poolers(), shop.settings());
    }

    static final class Surroundings {

        /** Answers the first two when both have asked, so that neither can have seen the other one saved. */
        @Bean
        ConnectionTest servers() {
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger asked = new AtomicInteger();
            return new ConnectionTest() {
                @Override
                public Report test(ProjectDraft draft) {
                    if (asked.incrementAndGet() <= 2) {
                        awaitTheOther();
                    }
                    return new Report(List.of(), 13, 17);
                }

                private void awaitTheOther() {
                    try {
                        both.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public List<FieldProblem> overlaps(ProjectDraft draft, List<Project> others) {
                    return others.stream()
                            .map(other -> new FieldProblem("databases[0]", "It belongs to " + other.slug() + "."))
                            .toList();
                }
            };
        }

        @Bean
        CurrentActor actor() {
            return () -> "mara";
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        DataDirectory dataDirectory() {
            return new DataDirectory(Path.of("target/upshift-data"));
        }
    }
}
