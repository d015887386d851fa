package dev.upshift.monitoring.web;

import dev.upshift.monitoring.Monitoring.Sample;
import java.util.List;

/** Samples as the API shows them, oldest first. */
record SampleList(List<Sample> items) {}
