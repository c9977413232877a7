/** OAuth 2.0: access tokens for mail accounts, got with refresh tokens that are stored first. */
@NullMarked
package io.engage.oauth;

import org.jspecify.annotations.NullMarked;
