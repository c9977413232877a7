package io.engage.testkit.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for {@code localhost}, by that name only, signed by nobody but itself. */
public final class ShopCertificate {
  private static final char[] PASSWORD = "certificate".toCharArray();
  private static final ShopCertificate SHARED = make();

  private final KeyStore store;
  private final String trusted;

  private ShopCertificate(KeyStore store, String trusted) {
    this.store = store;
    this.trusted = trusted;
  }

  /** The one of this process. */
  public static ShopCertificate create() {
    return SHARED;
  }

  /** One whose time was over five days ago, signed by an authority whose time is not. */
  public static ShopCertificate expired() {
    return make(
        "authority",
        List.of(
            List.of("-alias", "authority", "-ext", "BC=ca:true", "-dname", "CN=Authority"),
            List.of(
                "-alias",
                "shop",
                "-signer",
                "authority",
                "-startdate",
                "-10d",
                "-validity",
                "5",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost")));
  }

  private static ShopCertificate make() {
    return make(
        "shop",
        List.of(
            List.of(
                "-alias",
                "shop",
                "-validity",
                "3650",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost")));
  }

  private static ShopCertificate make(String trusted, List<List<String>> pairs) {
    try {
      Path folder = Files.createTempDirectory("engage-certificate");
      Path file = folder.resolve("shop.p12");
      for (List<String> pair : pairs) {
        makePair(file, pair);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      Files.delete(file);
      Files.delete(folder);
      return new ShopCertificate(store, trusted);
    } catch (IOException | GeneralSecurityException | InterruptedException broken) {
      throw new AssertionError("No certificate can be made", broken);
    }
  }

  private static void makePair(Path file, List<String> pair)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048"));
    command.addAll(pair);
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  /** For a client that trusts it, or who signed it. */
  public X509Certificate certificate() {
    try {
      return (X509Certificate) store.getCertificate(trusted);
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  /** For a server that shows it. */
  public SSLContext serverContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  String certificatePem() {
    try {
      return pem("CERTIFICATE", store.getCertificate("shop").getEncoded());
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  String keyPem() {
    try {
      return pem("PRIVATE KEY", store.getKey("shop", PASSWORD).getEncoded());
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String pem(String what, byte[] bytes) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
  }
}
