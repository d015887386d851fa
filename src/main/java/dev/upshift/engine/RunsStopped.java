package dev.upshift.engine;

/** Somebody stopped all runs. */
public record RunsStopped(String actor, String reason) {}
