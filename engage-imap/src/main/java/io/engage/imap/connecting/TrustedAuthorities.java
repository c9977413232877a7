package io.engage.imap.connecting;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS that trusts what Java trusts, and some authorities more. */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  public static SSLSocketFactory ofJava() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  public static SSLSocketFactory ofJavaAnd(Collection<X509Certificate> more) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager java) {
          for (X509Certificate authority : java.getAcceptedIssuers()) {
            all.setCertificateEntry("java-" + number++, authority);
          }
        }
      }
      for (X509Certificate authority : more) {
        all.setCertificateEntry("added-" + number++, authority);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(all), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalArgumentException(
          "The added certificates cannot be trusted. Pass X.509 certificates of authorities.",
          broken);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }
}
