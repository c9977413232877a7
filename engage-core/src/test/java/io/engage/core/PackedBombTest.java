package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Attachment;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of ten megabytes that would be ten gigabytes if anybody unpacked it. */
@Tag("G-12")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackedBombTest {
  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 10_000;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
  private static final byte[] BOMB = bomb();

  private final Street street = new Street();
  private final AtomicLong kept = new AtomicLong();
  private final Engage engage =
      street.engageOn(street.storage, street.mail, counting(street.blobs), street.customers);
  private final AgentDesk clara = engage.deskOf(Shop.CLARA);

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  void it_is_a_bomb() throws IOException {
    try (InputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(BOMB))) {
      unpacking.skipNBytes(50L * BLOCK);

      assertThat(unpacking.read()).isZero();
      assertThat((long) BLOCK * BLOCKS).isGreaterThan(10_000_000_000L);
      assertThat(BOMB).hasSizeLessThan(12_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/gzip\nContent-Encoding: gzip",
        "Content-Type: text/plain\nContent-Encoding: gzip",
        "Content-Type: message/rfc822",
        "Content-Type: application/zip"
      })
  void it_is_kept_as_the_bytes_that_came_and_given_out_as_them(String type) throws IOException {
    street.arrives(mail(type));
    engage.mail().sync(Shop.ACCOUNT);
    ConversationId conversation = street.onlyConversation().id();
    Message message = street.lastMessage(street.onlyConversation());
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    OpenedMessage opened = clara.open(message.id()).findValue().orElseThrow();
    Attachment bikes = opened.content().mail().attachments().get(0);
    clara.saveAttachment(message.id(), bikes.part(), saved);
    engage.recordingsOf(Shop.CLARA).print(conversation, RecordingForm.MESSAGES, printed);

    assertThat(opened.content().text()).contains("See my bikes");
    assertThat(saved.toByteArray()).isEqualTo(BOMB);
    assertThat(bikes.size()).isEqualTo(BOMB.length);
    assertThat(kept).hasValueLessThan(3L * BOMB.length);
    assertThat(printed.size()).isLessThan(1_000_000);
  }

  private static String mail(String type) {
    return """
    From: Ana Silva <ana@customer.example>
    To: repairs@shop.example
    Subject: My bikes
    Date: Mon, 2 Mar 2026 08:00:00 +0000
    Message-ID: <1@customer.example>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=b

    --b

    See my bikes
    --b
    %s
    Content-Disposition: attachment; filename=bikes.gz
    Content-Transfer-Encoding: base64

    """
            .formatted(type)
        + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(BOMB)
        + "\n--b--\n";
  }

  /** The same block again and again: what is packed ends nowhere in between (RFC 1951, 3.2.4). */
  private static byte[] bomb() {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[BLOCK]);
    byte[] packed = new byte[BLOCK];
    int length = deflater.deflate(packed, 0, packed.length, Deflater.FULL_FLUSH);
    deflater.end();
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(HEADER);
    for (int block = 0; block < BLOCKS; block++) {
      bomb.write(packed, 0, length);
    }
    return bomb.toByteArray();
  }

  /** The same store, which counts the bytes that are put into it. */
  private BlobStore counting(BlobStore good) {
    return new BlobStore() {
      @Override
      public Blob put(InputStream content) throws IOException {
        Blob blob = good.put(content);
        kept.addAndGet(blob.size());
        return blob;
      }

      @Override
      public void makeDurable() {
        good.makeDurable();
      }

      @Override
      public InputStream open(ContentDigest digest) {
        return good.open(digest);
      }

      @Override
      public Optional<Blob> find(ContentDigest digest) {
        return good.find(digest);
      }

      @Override
      public Set<ContentDigest> delete(
          Collection<ContentDigest> digests, Duration unlessPutWithin) {
        return good.delete(digests, unlessPutWithin);
      }
    };
  }
}
