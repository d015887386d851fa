package dev.upshift;

import dev.upshift.project.ConnectionTest;
import dev.upshift.project.ConnectionTest.Report;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stands in for trying servers: they answer as the test wants, and it is noted what they were asked. */
@TestComponent
@Primary
public class PretendServers implements ConnectionTest {

    private final JdbcClient database;
    private final List<ProjectDraft> asked = new ArrayList<>();
    private Report answer = new Report(List.of(), 13, 17);

    PretendServers(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Report test(ProjectDraft draft) {
        asked.add(draft);
        return answer;
    }

    @Override
    public List<FieldProblem> overlaps(ProjectDraft draft, List<Project> others) {
        return List.of(); // pretended servers are as many as there are projects
    }

    /** All is well again, and no project is registered. */
    public void forgetProjects() {
        answer = new Report(List.of(), 13, 17);
        asked.clear();
        database.sql("delete from project").update();
    }

    public void complain(FieldProblem... problems) {
        answer = new Report(List.of(problems), 0, 0);
    }

    public List<ProjectDraft> asked() {
        return asked;
    }
}
