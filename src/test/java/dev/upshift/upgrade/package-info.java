/** The proof: whole upgrades of real servers under load, driven by REST as a person's tooling does. */
@NullMarked
package dev.upshift.upgrade;

import org.jspecify.annotations.NullMarked;
