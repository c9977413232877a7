package io.engage.model.message;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;
import java.util.List;

/**
 * When automatic answers went to one correspondent or one domain, so that no loop outlives its
 * budget, whatever headers are lost on the way (RFC 3834 section 2).
 *
 * @param id a digest of the address or domain, never the address itself
 * @param answers the newest ones, oldest first, UTC, at most 1000
 */
public record AnswerBudget(String id, List<Instant> answers, long version) implements Document {
  public AnswerBudget {
    answers = List.copyOf(answers);
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  public static DocumentKey keyOf(String id) {
    return new DocumentKey(DocumentKey.Kind.ANSWER_BUDGET, id);
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public AnswerBudget withVersion(long newVersion) {
    return new AnswerBudget(id, answers, newVersion);
  }
}
