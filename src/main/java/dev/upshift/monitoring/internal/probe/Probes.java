package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.session.PostgresSessions;
import java.time.Clock;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Makes probes of projects; all of them ask through the same threads. */
@Component
public class Probes implements DisposableBean {

    private final PostgresSessions sessions;
    private final PoolerConsoles consoles;
    private final DatabaseQuestions questions;
    private final RareLooks looks;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final Together together = new Together();

    Probes(
            PostgresSessions sessions,
            PoolerConsoles consoles,
            DatabaseQuestions questions,
            RareLooks looks,
            MonitoringSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.consoles = consoles;
        this.questions = questions;
        this.looks = looks;
        this.settings = settings;
        this.clock = clock;
    }

    /** One for one project; connects when it is first asked. */
    public ProjectProbe begin() {
        Connections connections = new Connections(sessions, consoles, questions, settings.patience(), clock);
        return new ProjectProbe(
                connections,
                new Probe(connections, looks.inventory(), looks.drift(), together, settings.patience(), clock),
                looks.direct(connections, together));
    }

    @Override
    public void destroy() {
        together.close();
    }
}
