package io.engage.core.sanitizing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets an image's address through or not, and counts what it stops; for one mail. */
final class ImageGate {
  private static final int LONGEST_ADDRESS = 4_000;

  private final ImagePolicy policy;
  private int blocked;

  ImageGate(ImagePolicy policy) {
    this.policy = policy;
  }

  int blocked() {
    return blocked;
  }

  /** The address to show for {@code src}; null for none. */
  @Nullable String decide(String src) {
    String address = Addresses.asBrowsersReadIt(src);
    String lower = address.toLowerCase(Locale.ROOT);
    if (lower.startsWith("cid:")) {
      return inline(address.substring("cid:".length()));
    }
    if (!Addresses.isElsewhere(lower)) {
      return null;
    }
    boolean shown =
        policy.remoteShown() && Addresses.isWeb(address) && address.length() <= LONGEST_ADDRESS;
    blocked += shown ? 0 : 1;
    return shown ? address : null;
  }

  private @Nullable String inline(String contentId) {
    boolean plain =
        !contentId.isEmpty()
            && contentId.length() < 1_000
            && contentId.chars().allMatch(c -> c > 32 && c != 127 && "<>\"'`\\".indexOf(c) < 0);
    return plain ? policy.inlineAddress().apply(contentId) : null;
  }
}
