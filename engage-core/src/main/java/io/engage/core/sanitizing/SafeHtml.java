package io.engage.core.sanitizing;

import static java.util.Objects.requireNonNull;

/**
 * HTML that may be shown: nothing in it runs, and nothing is fetched but what the image policy let
 * through.
 *
 * @param blockedRemoteImages how many images from elsewhere were left out
 * @param shownAsText whether the HTML was too large or too deep, so that its text stands here
 */
public record SafeHtml(String value, int blockedRemoteImages, boolean shownAsText) {
  public SafeHtml {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "SafeHtml[%d characters, %d images blocked]"
        .formatted(value.length(), blockedRemoteImages);
  }
}
