package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Setting;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * What a change did, with what was there before and what is there now, for the audit record. Of passwords it tells only
 * that they were changed.
 */
final class ChangeSentence {

    private static final String NONE = "none";

    private final List<String> changes = new ArrayList<>();

    private ChangeSentence() {}

    static String of(Project stored, ProjectDraft draft) {
        ChangeSentence sentence = new ChangeSentence();
        sentence.value("name", stored.name(), draft.name());
        sentence.cluster("source", stored.source(), draft.source());
        sentence.cluster("target", stored.target(), draft.target());
        sentence.value("databases", String.join(", ", stored.databases()), String.join(", ", draft.databases()));
        sentence.poolers(stored.poolers(), draft.poolers());
        sentence.settings(stored.settings(), draft.settings());
        return sentence.changes.isEmpty()
                ? "Saved the project unchanged"
                : StringUtils.capitalize(String.join("; ", sentence.changes));
    }

    private void cluster(String side, Cluster before, Cluster now) {
        endpoint(side, before.endpoint(), now.endpoint());
        value(side + " peer host", before.peerHost(), now.peerHost());
        value(side + " peer port", before.peerPort(), now.peerPort());
    }

    private void endpoint(String whose, Endpoint before, Endpoint now) {
        value(whose + " host", before.host(), now.host());
        value(whose + " port", before.port(), now.port());
        value(whose + " user", before.username(), now.username());
        password(whose, before.password(), now.password());
        value(whose + " TLS", before.sslMode().parameter(), now.sslMode().parameter());
    }

    private void poolers(List<PoolerAddress> before, List<PoolerAddress> now) {
        Map<String, PoolerAddress> left = new LinkedHashMap<>();
        before.forEach(pooler -> left.put(pooler.name(), pooler));
        for (PoolerAddress pooler : now) {
            PoolerAddress known = left.remove(pooler.name());
            if (known == null) {
                changes.add("pooler %s added (%s)"
                        .formatted(pooler.name(), pooler.console().address()));
            } else {
                pooler("pooler " + pooler.name(), known, pooler);
            }
        }
        left.values()
                .forEach(pooler -> changes.add("pooler %s removed (%s)"
                        .formatted(pooler.name(), pooler.console().address())));
    }

    private void pooler(String whose, PoolerAddress before, PoolerAddress now) {
        endpoint(whose, before.console(), now.console());
        value(
                whose + " configuration",
                before.configuration().type() + " " + before.configuration().path(),
                now.configuration().type() + " " + now.configuration().path());
        Optional<ApplicationLogin> loginBefore = Optional.ofNullable(before.application());
        Optional<ApplicationLogin> login = Optional.ofNullable(now.application());
        value(
                whose + " application user",
                loginBefore.map(ApplicationLogin::username).orElse(null),
                login.map(ApplicationLogin::username).orElse(null));
        if (loginBefore.isPresent() && login.isPresent()) {
            password(
                    whose + " application",
                    loginBefore.get().password(),
                    login.get().password());
        }
    }

    private void settings(ProjectSettings before, ProjectSettings now) {
        Setting.all().forEach(setting -> value(setting.called(), setting.text(before), setting.text(now)));
    }

    private void value(String what, @Nullable Object before, @Nullable Object now) {
        if (!Objects.equals(before, now)) {
            changes.add("%s: %s → %s"
                    .formatted(what, Objects.requireNonNullElse(before, NONE), Objects.requireNonNullElse(now, NONE)));
        }
    }

    private void password(String whose, Secret before, Secret now) {
        if (!before.equals(now)) {
            changes.add(whose + " password changed");
        }
    }
}
