package dev.upshift.monitoring.internal.poll;

import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableQuery;
import dev.upshift.monitoring.internal.history.Archive;
import dev.upshift.monitoring.internal.history.NewestSamples;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers from the last sample, this node's or another one's. */
@Component
class SampledMonitoring implements Monitoring {

    private final Projects projects;
    private final NewestSamples newest;
    private final Archive archive;
    private final Sampler sampler;

    SampledMonitoring(Projects projects, NewestSamples newest, Archive archive, Sampler sampler) {
        this.projects = projects;
        this.newest = newest;
        this.archive = archive;
        this.sampler = sampler;
    }

    @Override
    public Optional<ReplicationSnapshot> latest(String slug) {
        return newest.of(slug).map(ProjectSample::snapshot);
    }

    @Override
    public List<Sample> samples(String slug, Instant since) {
        return projects.bySlug(slug)
                .map(Project::id)
                .map(id -> archive.samples(id, since))
                .orElse(List.of());
    }

    @Override
    public List<TableProgress> tables(String slug) {
        return newest.of(slug).map(ProjectSample::tables).orElse(List.of());
    }

    @Override
    public TablePage tables(String slug, TableQuery query) {
        Optional<ProjectSample> seen = newest.of(slug);
        return TableSelection.page(
                seen.map(ProjectSample::tables).orElse(List.of()),
                query,
                seen.map(ProjectSample::tablesTakenAt).orElse(null));
    }

    @Override
    public ReplicationSnapshot sampleNow(String slug) {
        return sampler.sample(projects.get(slug));
    }
}
