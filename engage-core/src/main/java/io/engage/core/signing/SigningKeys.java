package io.engage.core.signing;

import io.engage.model.inbox.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the host: the first one signs, all of them verify, so that keys can be replaced while
 * what the old ones signed is still about. A signature is 128 bits of an HMAC-SHA-256 (RFC 2104)
 * over its purpose and what is signed; what was signed for one purpose is worth nothing for
 * another.
 */
public final class SigningKeys {
  /** How long a signature is, in bytes. */
  public static final int SIGNATURE_BYTES = 16;

  private static final String NAME = "name of the key";
  private static final int NAME_BYTES = 6;
  private static final String ALGORITHM = "HmacSHA256";

  private final List<Key> keys;

  /**
   * @param keys at least one
   */
  public SigningKeys(List<Secret> keys) {
    this.keys = keys.stream().map(Key::of).toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("Signing needs at least one key");
    }
  }

  /** The first one signs. */
  public static SigningKeys of(Secret... keys) {
    return new SigningKeys(List.of(keys));
  }

  public byte[] sign(String purpose, byte[] content) {
    return keys.get(0).signature(purpose, content);
  }

  /**
   * A name for the key that signs, by which it is found again when another one is the first. It
   * tells nobody anything of the key.
   */
  public String current() {
    return keys.get(0).name();
  }

  /** Whether one of the keys has this name. */
  public boolean has(String name) {
    return keys.stream().anyMatch(key -> key.name().equals(name));
  }

  /**
   * What the key of this name makes of it, so that it is the same for as long as the key is here;
   * else the first one signs.
   *
   * @param name null for the first one
   */
  public byte[] signAs(@Nullable String name, String purpose, byte[] content) {
    return keys.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElse(keys.get(0))
        .signature(purpose, content);
  }

  /** What each of the keys makes of it, the one that signs first. */
  public List<byte[]> signatures(String purpose, byte[] content) {
    return keys.stream().map(key -> key.signature(purpose, content)).toList();
  }

  /** Whether one of the keys made this signature. It takes the same time wherever they differ. */
  public boolean verify(String purpose, byte[] content, byte[] signature) {
    boolean genuine = false;
    for (Key key : keys) {
      genuine |= MessageDigest.isEqual(signature, key.signature(purpose, content));
    }
    return genuine;
  }

  /**
   * A key that is ready to sign. Finding the algorithm and reading the key cost more than a
   * signature, so each one begins with a copy of a Mac that nobody ever feeds.
   */
  private static final class Key {
    private final Secret secret;
    private final Mac unused;
    private final String name;

    private Key(Secret secret, Mac unused) {
      this.secret = secret;
      this.unused = unused;
      this.name = HexFormat.of().formatHex(signature(NAME, new byte[0]), 0, NAME_BYTES);
    }

    static Key of(Secret secret) {
      return new Key(secret, fresh(secret));
    }

    String name() {
      return name;
    }

    byte[] signature(String purpose, byte[] content) {
      Mac mac = copy();
      mac.update((purpose + ':').getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(content), SIGNATURE_BYTES);
    }

    /** Not every provider of cryptography can copy. */
    private Mac copy() {
      try {
        return (Mac) unused.clone();
      } catch (CloneNotSupportedException slowly) {
        return fresh(secret);
      }
    }

    private static Mac fresh(Secret secret) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
        return mac;
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("Every Java has HMAC-SHA-256", impossible);
      }
    }
  }
}
