package dev.upshift.procedure;

/** Somebody stopped all runs. */
public record RunsStopped(String actor, String reason) {}
