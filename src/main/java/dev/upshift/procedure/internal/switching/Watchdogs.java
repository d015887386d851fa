package dev.upshift.procedure.internal.switching;

import java.util.concurrent.ScheduledExecutorService;

/** Where a switch gets the thread from that ends its pause when the budget is spent. */
interface Watchdogs {

    /** A thread that does nothing else; whoever hires it shuts it down. */
    ScheduledExecutorService start();
}
