package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.listing.RowProblem;
import io.engage.model.campaign.ListId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a list is imported.
 *
 * @param list that was begun before and cut short; null for a new one
 * @param name as agents know it
 * @param subject of its mails; empty for the campaign's own
 * @param activated whether its recipients are sent to as soon as all rows were read
 * @param onProblem told of each thing that is wrong with a row, in order, while it is read
 * @param onProgress told after each batch
 */
public record ListImport(
    @Nullable ListId list,
    String name,
    String subject,
    boolean activated,
    Consumer<RowProblem> onProblem,
    Consumer<ImportProgress> onProgress) {
  public ListImport {
    requireNonNull(subject, "subject");
    requireNonNull(onProblem, "onProblem");
    requireNonNull(onProgress, "onProgress");
    if (name.isBlank()) {
      throw new IllegalArgumentException("A list needs a name");
    }
  }

  /** A new list that an agent activates later. */
  public static ListImport named(String name) {
    return new ListImport(null, name, "", false, problem -> {}, progress -> {});
  }

  /** The same list once more, after its import was cut short: no row of it is there twice. */
  public ListImport again(ListId begun) {
    return new ListImport(begun, name, subject, activated, onProblem, onProgress);
  }

  public ListImport withSubject(String newSubject) {
    return new ListImport(list, name, newSubject, activated, onProblem, onProgress);
  }

  public ListImport thenActivated() {
    return new ListImport(list, name, subject, true, onProblem, onProgress);
  }

  public ListImport onProblem(Consumer<RowProblem> told) {
    return new ListImport(list, name, subject, activated, told, onProgress);
  }

  public ListImport onProgress(Consumer<ImportProgress> told) {
    return new ListImport(list, name, subject, activated, onProblem, told);
  }

  @Override
  public String toString() {
    return "ListImport[%s]".formatted(list == null ? "new" : list.value());
  }
}
