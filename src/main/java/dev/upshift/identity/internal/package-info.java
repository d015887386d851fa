/** Accounts, sign-in and the rules of who may reach what. */
@NullMarked
package dev.upshift.identity.internal;

import org.jspecify.annotations.NullMarked;
