package io.engage.imap.connecting;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with a certificate, and what to do about it. */
final class CertificateAdvice {
  private static final int DEEPEST = 20;

  private CertificateAdvice() {}

  static String decide(@Nullable Throwable thrown) {
    Throwable at = thrown;
    String advice = "Use the host name that its certificate names, or add the authority of it.";
    for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
      if (at instanceof CertificateExpiredException) {
        return "The certificate has expired; whoever runs the server has to renew it.";
      } else if (at instanceof CertificateNotYetValidException) {
        return "The certificate is not valid yet; check the clock of this machine.";
      } else if (at instanceof CertPathBuilderException) {
        advice =
            "The certificate is self-signed or of an authority that is not trusted; add that"
                + " authority.";
      } else if (namesAnother(String.valueOf(at.getMessage()))) {
        advice = "The certificate is for another host; use the host name that it names.";
      }
    }
    return advice;
  }

  /** The JDK has no type for it. */
  private static boolean namesAnother(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    return words.contains("subject alternative") || words.contains("no name matching");
  }
}
