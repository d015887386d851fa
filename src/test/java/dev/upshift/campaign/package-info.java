/**
 * The fault campaign: cutovers and rollbacks back and forth on real servers, each with one thing that dies, hangs or
 * refuses at a drawn moment; after each, what must be true is looked at. The control planes are processes of their own.
 */
@NullMarked
package dev.upshift.campaign;

import org.jspecify.annotations.NullMarked;
