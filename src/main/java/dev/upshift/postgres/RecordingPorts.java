package dev.upshift.postgres;

/**
 * The ports of this module as a plan uses them: they look at the real servers in read-only sessions, note what they would
 * change, and from then on answer as if it had been changed and nobody else were busy there.
 */
public record RecordingPorts(
        PostgresSessions sessions,
        Catalog catalog,
        Links links,
        Sequences sequences,
        Fence fence,
        HelperSchema helperSchema,
        SchemaCopy schemaCopy) {}
