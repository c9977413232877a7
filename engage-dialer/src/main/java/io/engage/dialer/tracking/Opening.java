package io.engage.dialer.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells people who open a mail from programs that fetch its pictures: proxies that hide their
 * owners fetch every one, scanners do so before anybody has read it.
 */
public final class Opening {
  /** Faster than anybody reads. */
  private static final Duration BEFORE_ANYBODY_READS = Duration.ofSeconds(2);

  /** Parts of the names under which programs ask, in lower case. */
  private static final List<String> PROGRAMS =
      List.of(
          "googleimageproxy",
          "yahoomailproxy",
          "yahoocachesystem",
          "bot",
          "crawl",
          "spider",
          "preview",
          "scan",
          "barracuda",
          "mimecast",
          "proofpoint",
          "safelinks",
          "symantec",
          "fireeye",
          "curl/",
          "wget/",
          "python",
          "go-http-client",
          "java/",
          "okhttp",
          "headless");

  /** How the privacy proxy of one vendor names itself, with nothing behind it. */
  private static final String NAMELESS = "mozilla/5.0";

  private static final List<String> PREFETCH_FIELDS =
      List.of("purpose", "x-purpose", "sec-purpose");

  private Opening() {}

  /**
   * @param headers of the request, with names in lower case
   * @param sinceSent how long after the mail had gone out
   * @return whether a program fetched it
   */
  public static boolean isByMachine(Map<String, String> headers, Duration sinceSent) {
    String agent = headers.getOrDefault("user-agent", "").strip().toLowerCase(Locale.ROOT);
    return agent.isEmpty()
        || agent.equals(NAMELESS)
        || sinceSent.compareTo(BEFORE_ANYBODY_READS) < 0
        || PROGRAMS.stream().anyMatch(agent::contains)
        || PREFETCH_FIELDS.stream().anyMatch(headers::containsKey);
  }
}
