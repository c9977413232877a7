/** Real mail software, started on loopback for one test and stopped again. */
@NullMarked
package io.engage.testkit.peers;

import org.jspecify.annotations.NullMarked;
