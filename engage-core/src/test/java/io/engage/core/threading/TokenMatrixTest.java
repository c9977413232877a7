package io.engage.core.threading;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.signing.SigningKeys;
import io.engage.imap.MimeFormat;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Secret;
import io.engage.model.message.MailContent;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.RfcMessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in every header that may carry one, whole and changed, as they come over the wire. */
@Tag("G-20")
@Tag("G-21")
class TokenMatrixTest {
  private static final ConversationId BIKE = ConversationId.of("0f8b2c51-bike");
  private static final Secret NEW_KEY = Secret.of("the key of this spring, rotated");

  private final Threading threading =
      new Threading(new ThreadTokens(SigningKeys.of(NEW_KEY, Shop.KEY)));
  private final String token = sign(NEW_KEY, BIKE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To: repairs+%s@shop.example",
        "To: other@shop.example, \"Shop\" <repairs+%s@shop.example>",
        "Cc: %s@shop.example",
        "Delivered-To: repairs+%s@shop.example",
        "X-Original-To: repairs+%s@shop.example",
        "In-Reply-To: <%s@shop.example>",
        "In-Reply-To: Your message of today <%s@shop.example>",
        "References: <other@x.example>\r\n\t<%s@shop.example>\r\n <third@x.example>"
      })
  void a_token_counts_in_each_header_whole_and_never_when_changed(String field) throws IOException {
    Random random = new Random(field.hashCode());

    Set<ConversationId> found = found(field, token);

    assertThat(found).containsExactly(BIKE);
    assertThat(found(field, sign(Shop.KEY, BIKE))).as("earlier key").containsExactly(BIKE);
    assertThat(found(field, sign(Secret.of("another shop's own key"), BIKE))).isEmpty();
    for (int i = 0; i < token.length(); i++) {
      char other = "0123456789abcdefghijklmnopqrstuvwxyz-".charAt(random.nextInt(37));
      if (other != token.charAt(i)) {
        String edited = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(found(field, edited)).as("changed at %d", i).isEmpty();
      }
      assertThat(found(field, token.substring(0, i) + token.substring(i + 1)))
          .as("without the character at %d", i)
          .isEmpty();
      assertThat(found(field, "x" + token.substring(0, i))).as("cut at %d", i).isEmpty();
    }
  }

  private Set<ConversationId> found(String field, String value) throws IOException {
    String mail = "From: ana@customer.example\r\n" + field.formatted(value) + "\r\n\r\nHello\r\n";
    return threading.tokensIn(headers(mail));
  }

  private static MailHeaders headers(String mail) throws IOException {
    return MimeFormat.create()
        .parse(MailContent.of(mail.getBytes(StandardCharsets.US_ASCII)))
        .headers();
  }

  private static String sign(Secret key, ConversationId conversation) {
    RfcMessageId id =
        new ThreadTokens(SigningKeys.of(key)).sign(conversation, "n1", "shop.example");
    return id.value().substring(0, id.value().indexOf('@'));
  }
}
