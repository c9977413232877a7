/** The ports: everything a host can plug in, one interface a file. */
@NullMarked
package io.engage.spi;

import org.jspecify.annotations.NullMarked;
