package io.engage.jpa;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.model.message.Blob;
import io.engage.spi.BlobStore;
import io.engage.testkit.BlobWalkContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only bytes in tables can get wrong. */
abstract class TableBlobsContract extends BlobWalkContract {
  private static final int LARGE = 3 << 20;

  private @Nullable BlobStore newest;

  protected abstract JpaStorage empty();

  protected abstract DataSource database();

  @Override
  protected BlobStore emptyStore() {
    BlobStore store = empty().blobs();
    newest = store;
    return store;
  }

  @Override
  protected BlobStore restarted(BlobStore before) {
    BlobStore store = JpaStorage.over(database()).schema(SchemaMode.NONE).build().blobs();
    newest = store;
    return store;
  }

  /** The clock is the database's, so what it holds is made older instead. */
  @Override
  protected void letPass(Duration time) {
    requireNonNull(newest, "newest").makeDurable();
    try (Connection connection = database().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("update engage_blob set put_at = put_at - ?")) {
      statement.setLong(1, time.toNanos());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The blobs of a test could not be made older", e);
    }
  }

  @Test
  @Tag("G-8")
  void another_node_finds_what_was_made_durable() throws IOException {
    BlobStore shop = emptyStore();
    BlobStore workshop = restarted(shop);
    Blob blob = shop.put(new ByteArrayInputStream(new byte[] {1, 2, 3}));

    shop.makeDurable();

    assertThat(workshop.find(blob.digest())).contains(blob);
    try (InputStream bytes = workshop.open(blob.digest())) {
      assertThat(bytes.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  @Tag("PO-3")
  void nothing_is_left_of_a_large_stream_that_fails() {
    BlobStore store = emptyStore();
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[LARGE]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the cable was pulled");
              }
            });

    assertThatThrownBy(() -> store.put(broken)).isInstanceOf(IOException.class);

    assertThat(Rows.in(database(), "engage_blob_piece")).isZero();
    assertThat(Rows.in(database(), "engage_blob_upload")).isZero();
  }

  @Test
  void the_same_large_bytes_take_their_room_once() throws IOException {
    BlobStore store = emptyStore();
    store.put(new ByteArrayInputStream(new byte[LARGE]));
    long pieces = Rows.in(database(), "engage_blob_piece");

    store.put(new ByteArrayInputStream(new byte[LARGE]));

    assertThat(Rows.in(database(), "engage_blob_piece")).isEqualTo(pieces);
    assertThat(Rows.in(database(), "engage_blob_upload")).isZero();
  }

  @Test
  @Tag("PO-6")
  void nothing_is_left_of_what_was_deleted() throws IOException {
    BlobStore store = emptyStore();
    Blob large = store.put(new ByteArrayInputStream(new byte[LARGE]));
    Blob small = store.put(new ByteArrayInputStream(new byte[7]));

    store.delete(List.of(large.digest(), small.digest()), Duration.ZERO);

    assertThat(Rows.in(database(), "engage_blob")).isZero();
    assertThat(Rows.in(database(), "engage_blob_piece")).isZero();
  }
}
