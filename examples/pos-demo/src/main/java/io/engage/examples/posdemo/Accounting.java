package io.engage.examples.posdemo;

import io.engage.core.AuditDesk;
import io.engage.core.Erasure;
import io.engage.core.PersonFile;
import io.engage.core.PrivacyDesk;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Last chapter of the afternoon: what the auditor asks for, and what a customer may ask for. */
final class Accounting {
  private static final Person GIULIA = Person.of(CustomerId.of("K1004"));

  /**
   * What came of it.
   *
   * @param before whether the trail was as it was written, at first
   * @param lines of the export
   * @param file what Giulia gets
   * @param bytes of it
   * @param left her messages after that
   * @param after whether the trail is as it was written, without her
   */
  record Result(
      AuditVerdict before,
      long lines,
      PersonFile file,
      int bytes,
      Erasure erasure,
      int left,
      AuditVerdict after) {}

  private final Stage stage;
  private final Narrator narrator;
  private final AuditDesk audit;
  private final PrivacyDesk privacy;

  private Accounting(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.audit = stage.shop().engage().auditOf(Shop.SVEN);
    this.privacy = stage.shop().engage().privacyOf(Shop.SVEN);
  }

  static Result play(Stage stage) {
    try {
      return new Accounting(stage).play();
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory takes every byte", impossible);
    }
  }

  private Result play() throws IOException {
    narrator.chapter("The auditor asks whether anybody changed the trail");
    AuditVerdict before = Stage.done(audit.verify());
    ByteArrayOutputStream trail = new ByteArrayOutputStream();
    AuditAnchor anchor = Stage.done(audit.export(trail));
    long lines = trail.toString(StandardCharsets.UTF_8).lines().count();
    narrator.say("trail", before.isIntact() ? "as it was written" : "changed");
    narrator.say("export", lines + " lines, sealed up to entry " + anchor.sequence());

    narrator.chapter("Giulia asks for a copy of all that is held on her, and to be forgotten");
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    PersonFile file = Stage.done(privacy.export(GIULIA, zip));
    narrator.say(
        "copy",
        "a ZIP file with %d conversations, %d messages, and her mails as they came"
            .formatted(file.conversations(), file.messages()));
    Erasure erasure = Stage.done(privacy.erase(GIULIA));
    stage.workOffOutbox();
    int left = stage.mara().history(CustomerId.of("K1004"), Page.Request.first(9)).items().size();
    narrator.say("forgotten", erasure.messages() + " messages erased, " + left + " left");
    AuditVerdict after = Stage.done(audit.verify(anchor));
    narrator.say("trail", after.isIntact() ? "still as it was written, without her" : "changed");
    return new Result(before, lines, file, zip.size(), erasure, left, after);
  }
}
