package io.engage.dialer.tracking;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.RecipientNote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail that came back changes.
 *
 * @param notes about its recipient
 * @param suppression why the address shall get no bulk mail any more, in words without anything
 *     about the person; null when nothing speaks against it
 * @param answer whether somebody wrote it who waits for an answer
 */
public record Reaction(List<RecipientNote> notes, @Nullable String suppression, boolean answer) {
  public Reaction {
    notes = List.copyOf(notes);
    requireNonNull(notes, "notes");
  }

  static Reaction heard(RecipientNote... notes) {
    return new Reaction(List.of(notes), null, false);
  }

  static Reaction heardAndSuppressed(RecipientNote note, String reason) {
    return new Reaction(List.of(note), reason, false);
  }

  static Reaction answered(RecipientNote... notes) {
    return new Reaction(List.of(notes), null, true);
  }
}
