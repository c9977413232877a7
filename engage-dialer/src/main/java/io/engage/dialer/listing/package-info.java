/**
 * Reads the lists of campaigns and checks each row, in one pass and in flat memory; and writes what
 * spreadsheets may open.
 */
@NullMarked
package io.engage.dialer.listing;

import org.jspecify.annotations.NullMarked;
