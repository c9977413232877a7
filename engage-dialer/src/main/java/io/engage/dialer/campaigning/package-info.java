/**
 * What may be made of a campaign: {@code Campaigning.decide} says whether it may be started,
 * stopped, resumed or ended as it stands, {@code Setting.decide} whether it may be set up so. Pure.
 */
@NullMarked
package io.engage.dialer.campaigning;

import org.jspecify.annotations.NullMarked;
