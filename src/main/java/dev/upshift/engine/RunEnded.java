package dev.upshift.engine;

/** A run ended or got stuck. */
public record RunEnded(
        long projectId, String slug, int number, ProcedureName procedure, RunStatus status, String outcome) {}
