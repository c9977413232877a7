package io.engage.core.sanitizing;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * Which images of a mail are shown.
 *
 * @param remoteShown whether images from elsewhere stay; they tell their sender who read the mail
 * @param inlineAddress gives, for a Content-ID without angle brackets, the address from which the
 *     host serves that part; an address with a scheme other than http, https or cid is refused
 */
public record ImagePolicy(boolean remoteShown, UnaryOperator<String> inlineAddress) {
  public ImagePolicy {
    requireNonNull(inlineAddress, "inlineAddress");
  }

  /** Images from elsewhere are left out; those in the mail keep their {@code cid:} address. */
  public static ImagePolicy remoteBlocked() {
    return new ImagePolicy(false, contentId -> "cid:" + contentId);
  }

  /** For a reader who asked to see the images of this mail. */
  public ImagePolicy withRemoteShown() {
    return new ImagePolicy(true, inlineAddress);
  }

  public ImagePolicy withInlineAddress(UnaryOperator<String> newInlineAddress) {
    return new ImagePolicy(remoteShown, newInlineAddress);
  }
}
