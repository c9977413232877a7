/**
 * When a campaign will be done: {@code Forecasting.decide} counts its pace over its windows. Pure.
 */
@NullMarked
package io.engage.dialer.forecasting;

import org.jspecify.annotations.NullMarked;
