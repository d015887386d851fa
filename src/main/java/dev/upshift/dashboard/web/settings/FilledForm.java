package dev.upshift.dashboard.web.settings;

import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.SslMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills a form from what is known. */
final class FilledForm {

    private final Map<String, String> texts = new LinkedHashMap<>();

    private FilledForm() {}

    /** For a project that does not exist yet. */
    static Fields fresh() {
        FilledForm form = new FilledForm();
        for (String cluster : List.of("source", "target")) {
            form.texts.put(cluster + ".port", "5432");
            form.texts.put(cluster + ".sslMode", SslMode.PREFER.parameter());
        }
        form.texts.put("poolers[0].port", "6432");
        form.texts.put("poolers[0].sslMode", SslMode.PREFER.parameter());
        form.texts.put("poolers[0].config.type", "file");
        form.settings(ProjectSettings.DEFAULTS);
        return new Fields(form.texts, Map.of(), 1, 1);
    }

    static Fields of(Project project) {
        FilledForm form = new FilledForm();
        form.texts.put("slug", project.slug());
        form.texts.put("name", project.name());
        form.cluster("source", project.source());
        form.cluster("target", project.target());
        for (int i = 0; i < project.databases().size(); i++) {
            form.texts.put("databases[" + i + "]", project.databases().get(i));
        }
        for (int i = 0; i < project.poolers().size(); i++) {
            form.pooler("poolers[" + i + "]", project.poolers().get(i));
        }
        form.settings(project.settings());
        return new Fields(
                form.texts,
                Map.of(),
                project.databases().size(),
                project.poolers().size());
    }

    private void cluster(String at, Cluster cluster) {
        endpoint(at, cluster.endpoint());
        put(at + ".peerHost", cluster.peerHost());
        put(at + ".peerPort", cluster.peerPort());
    }

    private void pooler(String at, PoolerAddress pooler) {
        texts.put(at + ".name", pooler.name());
        endpoint(at, pooler.console());
        ApplicationLogin application = pooler.application();
        if (application != null) {
            texts.put(at + ".application.username", application.username());
        }
        texts.put(at + ".config.type", pooler.configuration().type());
        texts.put(at + ".config.path", pooler.configuration().path());
    }

    private void endpoint(String at, Endpoint endpoint) {
        texts.put(at + ".host", endpoint.host());
        put(at + ".port", endpoint.port());
        texts.put(at + ".username", endpoint.username());
        texts.put(at + ".sslMode", endpoint.sslMode().parameter());
    }

    private void settings(ProjectSettings settings) {
        texts.put("settings.lagThresholdBytes", Quantities.bytes(settings.lagThresholdBytes()));
        texts.put("settings.pauseBudget", Quantities.duration(settings.pauseBudget()));
        put("settings.pauseAttempts", settings.pauseAttempts());
        put("settings.sequenceMargin", settings.sequenceMargin());
        texts.put("settings.longTransactionLimit", Quantities.duration(settings.longTransactionLimit()));
        put("settings.hardFence", settings.hardFence());
        put("settings.copyJobs", settings.copyJobs());
        put("settings.binaryCopy", settings.binaryCopy());
        put("settings.rehearsalRequired", settings.rehearsalRequired());
        texts.put("settings.rehearsalMaxAge", Quantities.duration(settings.rehearsalMaxAge()));
        settings.accepted().forEach(one -> put("settings.accepted." + one.id(), true));
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            texts.put(name, value.toString());
        }
    }
}
