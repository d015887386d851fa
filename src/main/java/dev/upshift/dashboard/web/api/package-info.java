/** What the API answers when something is wrong with a request, whichever module it was for. */
@NullMarked
package dev.upshift.dashboard.web.api;

import org.jspecify.annotations.NullMarked;
