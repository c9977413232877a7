package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.signing.SignedLinks;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What links in our mails are made of.
 *
 * @param publicUrl where the host answers them; null when it answers none
 */
record LinkParts(@Nullable URI publicUrl, SignedLinks signed) {
  LinkParts {
    requireNonNull(signed, "signed");
  }

  Optional<String> address(String path) {
    return publicUrl == null
        ? Optional.empty()
        : Optional.of(publicUrl + (publicUrl.toString().endsWith("/") ? "" : "/") + path);
  }
}
