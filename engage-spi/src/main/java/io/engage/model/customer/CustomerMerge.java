package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;

/**
 * Two customers who turned out to be one. What moved stands in {@link CustomerMove}s, so that it
 * can move back. As long as it stands, whatever the directory says of {@code merged} is taken for
 * {@code kept}.
 *
 * @param kept who has everything now
 * @param merged whose conversations and messages moved; nobody is merged into two at once
 * @param conversations how many have moved so far
 * @param messages how many have moved so far
 */
public record CustomerMerge(
    CustomerId kept,
    CustomerId merged,
    Instant at,
    Stage stage,
    int conversations,
    int messages,
    long version)
    implements Document {

  /** How far it has come. */
  public enum Stage {
    MOVING("moving"),
    DONE("done"),
    MOVING_BACK("moving-back"),
    UNDONE("undone");

    private final String code;

    Stage(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public CustomerMerge {
    requireNonNull(kept, "kept");
    requireNonNull(merged, "merged");
    requireNonNull(at, "at");
    requireNonNull(stage, "stage");
    if (kept.equals(merged)) {
      throw new IllegalArgumentException(
          "Customer '%s' cannot be merged with themselves".formatted(kept.value()));
    }
  }

  /** Before anything has moved. */
  public static CustomerMerge begin(CustomerId kept, CustomerId merged, Instant at) {
    return new CustomerMerge(kept, merged, at, Stage.MOVING, 0, 0, 0);
  }

  /** Whether {@code merged} stands for {@code kept}. */
  public boolean holds() {
    return stage == Stage.MOVING || stage == Stage.DONE;
  }

  public CustomerMerge in(Stage newStage) {
    return new CustomerMerge(kept, merged, at, newStage, conversations, messages, version);
  }

  /** With so many more that have moved, or fewer when they move back. */
  public CustomerMerge moved(int moreConversations, int moreMessages) {
    return new CustomerMerge(
        kept,
        merged,
        at,
        stage,
        conversations + moreConversations,
        messages + moreMessages,
        version);
  }

  @Override
  public DocumentKey key() {
    return keyOf(merged);
  }

  public static DocumentKey keyOf(CustomerId merged) {
    return new DocumentKey(DocumentKey.Kind.CUSTOMER_MERGE, merged.value());
  }

  /** The customer who was kept, so that their merges are found. */
  @Override
  public String owner() {
    return kept.value();
  }

  @Override
  public CustomerMerge withVersion(long newVersion) {
    return new CustomerMerge(kept, merged, at, stage, conversations, messages, newVersion);
  }
}
