package io.engage.core.threading;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Secret;
import io.engage.model.message.RfcMessageId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the Message-IDs of our mails, so that an answer names its conversation and nobody can name
 * one by guessing.
 *
 * <p>A token is {@code e1.nonce.conversation.mac}: version, something new for each mail, the
 * conversation, and 128 bits of an HMAC-SHA-256 over the three. Servers may change the case of what
 * they pass on, so it has lower case only. It proves the thread, never the person.
 */
public final class ThreadTokens {
  private static final int MAC_BYTES = 16;
  private static final Pattern TOKEN =
      Pattern.compile("e1\\.([a-z0-9-]{1,40})\\.([a-z0-9-]{1,40})\\.([0-9a-f]{32})");

  private final List<Secret> keys;

  /**
   * @param keys the first one signs, all of them verify
   */
  public ThreadTokens(List<Secret> keys) {
    this.keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("Signing tokens needs at least one key");
    }
  }

  /** The Message-ID for a new mail of this conversation. */
  public RfcMessageId sign(ConversationId conversation, String nonce, String domain) {
    String signed = signedPart(nonce, conversation);
    return RfcMessageId.of(signed + '.' + mac(keys.get(0), signed) + '@' + domain);
  }

  /**
   * The conversation that {@code text} names by a valid token, wherever in it the token stands;
   * empty when there is none, or it is cut, edited or signed by somebody else.
   */
  public Optional<ConversationId> find(String text) {
    Matcher matcher = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      ConversationId conversation = ConversationId.of(matcher.group(2));
      if (isOurs(signedPart(matcher.group(1), conversation), matcher.group(3))) {
        return Optional.of(conversation);
      }
    }
    return Optional.empty();
  }

  private boolean isOurs(String signed, String mac) {
    byte[] given = HexFormat.of().parseHex(mac);
    return keys.stream().anyMatch(key -> MessageDigest.isEqual(given, macBytes(key, signed)));
  }

  private static String signedPart(String nonce, ConversationId conversation) {
    return "e1." + nonce + '.' + conversation.value();
  }

  private static String mac(Secret key, String signed) {
    return HexFormat.of().formatHex(macBytes(key, signed));
  }

  private static byte[] macBytes(Secret key, String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] whole = mac.doFinal(("thread:" + signed).getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(whole, MAC_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", impossible);
    }
  }
}
