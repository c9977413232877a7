package io.engage.core.receiving;

import io.engage.model.address.EmailAddress;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.AnswerBudget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gives correspondents back what answers have spent that could not be made after all. */
public final class Refunding {
  private Refunding() {}

  /**
   * What is kept beside, as a plan has it, without what these answers have spent.
   *
   * @param documents of the plan
   */
  public static List<Document> decide(List<Document> documents, List<Answer> broken) {
    List<Document> left = new ArrayList<>(documents);
    for (Answer each : broken) {
      EmailAddress to = each.mail().to().get(0).address();
      Instant spent = each.mail().date().toInstant();
      left.replaceAll(
          document ->
              document instanceof AnswerBudget budget && isOf(to, budget)
                  ? budget.without(spent)
                  : document);
    }
    left.removeIf(each -> each instanceof AnswerBudget budget && isAsIfNever(budget));
    return left;
  }

  private static boolean isOf(EmailAddress correspondent, AnswerBudget budget) {
    DocumentKey key = budget.key();
    return key.equals(AnswerBudget.keyOf(AnswerBudget.idOf(correspondent)))
        || key.equals(AnswerBudget.keyOf(AnswerBudget.idOfDomain(correspondent)));
  }

  private static boolean isAsIfNever(AnswerBudget budget) {
    return budget.version() == 0 && budget.answers().isEmpty();
  }
}
