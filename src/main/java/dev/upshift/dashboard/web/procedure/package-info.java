/** What plans and runs show alike of a procedure: its chapters, and what a rehearsal measured. */
@NullMarked
package dev.upshift.dashboard.web.procedure;

import org.jspecify.annotations.NullMarked;
