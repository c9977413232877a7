package io.engage.core;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What goes along when a recording is printed or exported.
 *
 * @param notes whether what colleagues wrote beside it does; never in a mail file
 * @param trail whether the audit trail does; never in a mail file
 * @param zone in which a printed page gives times
 */
public record RecordingForm(boolean notes, boolean trail, ZoneId zone) {
  /** The messages alone. */
  public static final RecordingForm MESSAGES = new RecordingForm(false, false, ZoneOffset.UTC);

  public RecordingForm {
    requireNonNull(zone, "zone");
  }

  public RecordingForm withNotes() {
    return new RecordingForm(true, trail, zone);
  }

  public RecordingForm withTrail() {
    return new RecordingForm(notes, true, zone);
  }

  public RecordingForm in(ZoneId wanted) {
    return new RecordingForm(notes, trail, wanted);
  }
}
