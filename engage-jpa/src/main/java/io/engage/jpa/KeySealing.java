package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.spi.EngageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM with keys of the host. The name of the key stands before what it has sealed, so keys can
 * be replaced: give the new one to {@link #with} and the ones before to {@link #andOlder}, until
 * everything was sealed anew. Grants are, at the latest when their access tokens end.
 */
public final class KeySealing implements Sealing {
  private static final byte FORM = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int LONGEST_NAME = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String newest;
  private final Map<String, SecretKey> keys;

  private KeySealing(String newest, Map<String, SecretKey> keys) {
    this.newest = newest;
    this.keys = Map.copyOf(keys);
  }

  /**
   * Seals with this key.
   *
   * @param name 1 to 64 bytes that tell it from other keys; not secret
   * @param key 16, 24 or 32 random bytes, which are copied
   */
  public static KeySealing with(String name, byte[] key) {
    return new KeySealing(checked(name), Map.of(name, key(key)));
  }

  /** Also opens what was sealed with an earlier key. */
  public KeySealing andOlder(String name, byte[] key) {
    Map<String, SecretKey> more = new HashMap<>(keys);
    if (more.putIfAbsent(checked(name), key(key)) != null) {
      throw new IllegalArgumentException("There are two keys of the name '%s'".formatted(name));
    }
    return new KeySealing(newest, more);
  }

  private static String checked(String name) {
    int length = requireNonNull(name, "name").getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "The name of a key has 1 to %d bytes, but this has %d".formatted(LONGEST_NAME, length));
    }
    return name;
  }

  private static SecretKey key(byte[] key) {
    if (key.length != 16 && key.length != 24 && key.length != 32) {
      throw new IllegalArgumentException(
          "A key for AES has 16, 24 or 32 bytes, but this has " + key.length);
    }
    return new SecretKeySpec(key, "AES");
  }

  @Override
  public byte[] seal(byte[] secret, byte[] context) {
    byte[] head = head();
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, requireNonNull(keys.get(newest), "key"), nonce);
      cipher.updateAAD(head);
      cipher.updateAAD(context);
      byte[] encrypted = cipher.doFinal(secret);
      return ByteBuffer.allocate(head.length + NONCE_BYTES + encrypted.length)
          .put(head)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException("This Java has no AES-GCM", everyPlatformHasIt);
    }
  }

  private byte[] head() {
    byte[] name = newest.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + name.length).put(FORM).put((byte) name.length).put(name).array();
  }

  @Override
  public byte[] open(byte[] sealed, byte[] context) {
    int head = sealed.length < 2 ? 0 : 2 + sealed[1];
    if (head < 3 || sealed[0] != FORM || sealed.length < head + NONCE_BYTES + TAG_BITS / 8) {
      throw unreadable();
    }
    SecretKey key = keyOf(new String(sealed, 2, head - 2, StandardCharsets.UTF_8));
    byte[] nonce = Arrays.copyOfRange(sealed, head, head + NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
      cipher.updateAAD(sealed, 0, head);
      cipher.updateAAD(context);
      return cipher.doFinal(sealed, head + NONCE_BYTES, sealed.length - head - NONCE_BYTES);
    } catch (GeneralSecurityException changedOrOfAnotherKey) {
      throw unreadable();
    }
  }

  private SecretKey keyOf(String name) {
    @Nullable SecretKey key = keys.get(name);
    if (key == null) {
      throw new EngageException(
          ("A secret was sealed with a key that is not among those given (there are %d). Give it"
                  + " too, with andOlder, until all was sealed anew.")
              .formatted(keys.size()));
    }
    return key;
  }

  private static EngageException unreadable() {
    return new EngageException(
        "A sealed secret cannot be opened: it was changed from outside, belongs to something else,"
            + " or was sealed with another key of the same name");
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  /** Keys stay out of logs. */
  @Override
  public String toString() {
    return "KeySealing[%d keys]".formatted(keys.size());
  }
}
