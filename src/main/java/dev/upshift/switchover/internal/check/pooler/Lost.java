package dev.upshift.switchover.internal.check.pooler;

/**
 * What a lookup of passwords would lack on the side that is entered.
 *
 * @param what in words, to follow the name of the database
 * @param remedy what to do there, in sentences
 */
record Lost(String what, String remedy) {}
