package dev.upshift.monitoring.web;

import dev.upshift.monitoring.DirectClients.DirectClient;
import java.util.List;

/** Clients without a pooler, the newest first. */
record DirectClientList(List<DirectClient> items) {}
