/** A point of sale that has Engage built in: a bike shop, its clerks, and one of their mornings. */
@NullMarked
package io.engage.examples.posdemo;

import org.jspecify.annotations.NullMarked;
