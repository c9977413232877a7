package io.engage.core.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SigningKeysTest {
  private static final String NEW = "a key that nobody guesses";
  private static final String OLD = "the key of the year before";

  private final SigningKeys keys = SigningKeys.of(Secret.of(NEW), Secret.of(OLD));

  @Test
  void a_signature_is_half_of_an_hmac_over_purpose_and_content() throws Exception {
    byte[] signature = keys.sign("recipient", bytes("d1.watches.7"));

    assertThat(signature).isEqualTo(hmac(NEW, "recipient:d1.watches.7"));
    assertThat(keys.signatures("recipient", bytes("d1.watches.7")))
        .containsExactly(hmac(NEW, "recipient:d1.watches.7"), hmac(OLD, "recipient:d1.watches.7"));
  }

  @Test
  void no_signature_leaves_a_trace_in_the_next_not_even_among_threads() throws Exception {
    List<Integer> rows = IntStream.range(0, 5_000).boxed().toList();
    List<String> expected = rows.stream().map(SigningKeysTest::expected).toList();

    List<String> signed =
        rows.parallelStream()
            .map(row -> HexFormat.of().formatHex(keys.sign("row", bytes("r" + row))))
            .toList();

    assertThat(signed).isEqualTo(expected);
  }

  private static String expected(int row) {
    try {
      return HexFormat.of().formatHex(hmac(NEW, "row:r" + row));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(String key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
    return Arrays.copyOf(mac.doFinal(bytes(text)), SigningKeys.SIGNATURE_BYTES);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
