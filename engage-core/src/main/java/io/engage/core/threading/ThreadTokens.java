package io.engage.core.threading;

import static java.util.Objects.requireNonNull;

import io.engage.core.signing.SigningKeys;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.RfcMessageId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs the Message-IDs of our mails, so that an answer names its conversation and nobody can name
 * one by guessing.
 *
 * <p>A token is {@code e1.nonce.conversation.mac}: version, something new for each mail, the
 * conversation, and 128 bits of an HMAC-SHA-256 over the three. Servers may change the case of what
 * they pass on, so it has lower case only. It proves the thread, never the person.
 */
public final class ThreadTokens {
  private static final String PURPOSE = "thread";
  private static final Pattern TOKEN =
      Pattern.compile("e1\\.([a-z0-9-]{1,40})\\.([a-z0-9-]{1,40})\\.([0-9a-f]{32})");

  private final SigningKeys keys;

  public ThreadTokens(SigningKeys keys) {
    this.keys = requireNonNull(keys, "keys");
  }

  /** The Message-ID for a new mail of this conversation. */
  public RfcMessageId sign(ConversationId conversation, String nonce, String domain) {
    String signed = signedPart(nonce, conversation);
    String mac = HexFormat.of().formatHex(keys.sign(PURPOSE, bytes(signed)));
    return RfcMessageId.of(signed + '.' + mac + '@' + domain);
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
    return keys.verify(PURPOSE, bytes(signed), HexFormat.of().parseHex(mac));
  }

  private static String signedPart(String nonce, ConversationId conversation) {
    return "e1." + nonce + '.' + conversation.value();
  }

  private static byte[] bytes(String signed) {
    return signed.getBytes(StandardCharsets.UTF_8);
  }
}
