/**
 * What shows that a port is implemented right: extend the contract suite of your port in your own
 * project and run it. Each promise of a port's Javadoc has a test there.
 */
@NullMarked
package io.engage.testkit;

import org.jspecify.annotations.NullMarked;
