package dev.upshift.matrix;

import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.records.HeldBackSchemas;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** What the metadata database holds besides runs: the project, and the archives of what is built later. */
final class Metadata implements Projects, HeldBackSchemas {

    private final World world;

    Metadata(World world) {
        this.world = world;
    }

    @Override
    public List<Project> all() {
        return List.of(world.project());
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        return Optional.of(world.project());
    }

    @Override
    public Project register(ProjectDraft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String slug) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        if (!world.project().phase().leadsTo(next)) {
            throw new IllegalStateException(
                    "A project that is " + world.project().phase() + " cannot become " + next);
        }
        world.becomes(next, servingSide);
        return world.project();
    }

    @Override
    public void keep(long project, String database, SchemaArchive archive) {
        world.heldBack.put(database, archive);
    }

    @Override
    public Optional<SchemaArchive> find(long project, String database) {
        return Optional.ofNullable(world.heldBack.get(database));
    }

    @Override
    public List<String> databases(long project) {
        return List.copyOf(world.heldBack.keySet());
    }

    @Override
    public void forget(long project, String database) {
        world.heldBack.remove(database);
    }
}
