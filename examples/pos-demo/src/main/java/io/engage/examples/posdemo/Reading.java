package io.engage.examples.posdemo;

import io.engage.core.AgentDesk;
import io.engage.core.OpenedMessage;
import io.engage.examples.posdemo.Narrator.SavedFile;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Customer;
import io.engage.model.message.Attachment;
import io.engage.model.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Second chapter: clerks read, and find out with whom they have to do. */
final class Reading {

  /** What they opened. */
  record Opened(
      OpenedMessage ofAna,
      OpenedMessage newsletter,
      OpenedMessage broken,
      OpenedMessage japanese,
      OpenedMessage spoofed,
      OpenedMessage sms) {}

  /**
   * What came of it.
   *
   * @param seenOnServer whether Ana's mail, opened here, is marked as read on the server too
   * @param bytesAsListed whether an attachment's bytes are those that the list promised
   */
  record Result(
      Opened opened,
      boolean seenOnServer,
      SavedFile receipt,
      boolean bytesAsListed,
      Conversation linked,
      Customer created) {}

  private final Stage stage;
  private final Narrator narrator;

  private Reading(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
  }

  static Result play(Stage stage) {
    return new Reading(stage).play();
  }

  private Result play() {
    Opened opened = openWhatIsOdd();
    narrator.chapter("Jonas has a receipt to save and two people to get to know");
    OpenedMessage withReceipt = stage.open(stage.jonas(), "Warranty");
    Attachment file = receiptOf(withReceipt);
    SavedFile receipt = save(stage.jonas(), withReceipt.message(), file);
    boolean bytesAsListed = receipt.sha256().equals(file.sha256().value());
    Conversation linked = linkBen();
    Customer created = createNadia();
    return new Result(opened, tellServer(), receipt, bytesAsListed, linked, created);
  }

  private Opened openWhatIsOdd() {
    narrator.chapter("Mara reads");
    OpenedMessage ofAna = openSecondOfAna();
    narrator.tell("A newsletter tries to report that it is being read, and to run a script:");
    OpenedMessage newsletter = stage.open(stage.mara(), "Spring prices");
    narrator.tell("A mail that breaks most rules of MIME still says what it has to say:");
    OpenedMessage broken = stage.open(stage.mara(), "bent wheel");
    narrator.tell("Other languages, each in a charset of its own:");
    stage.open(stage.mara(), "chloe");
    stage.open(stage.mara(), "irina");
    OpenedMessage japanese = stage.open(stage.mara(), "yuki");
    stage.later(5);
    return new Opened(ofAna, newsletter, broken, japanese, openForged(), openSms());
  }

  private OpenedMessage openForged() {
    narrator.chapter("Is it really Ana?");
    OpenedMessage forged = stage.open(stage.mara(), "bank account");
    narrator.tell(
        "The shop's own mail server says that Ana's domain did not send this (dmarc=fail). So it"
            + " is linked to nobody, and Mara calls Ana before she does anything.");
    return forged;
  }

  private OpenedMessage openSms() {
    narrator.tell("A text message that really is Ana's: a trusted gateway names her number.");
    OpenedMessage sms = stage.open(stage.mara(), "sms received +14155550101");
    stage.later(4);
    return sms;
  }

  private boolean tellServer() {
    stage.workOffOutbox();
    boolean seen = stage.shop().server().isSeen("stores", "brake-2@mail.example");
    narrator.tell("What was read here is marked as read on the server: " + (seen ? "yes." : "no."));
    stage.later(4);
    return seen;
  }

  /** The one with history: two mails of Ana and one of Marc are one conversation. */
  private OpenedMessage openSecondOfAna() {
    Message second = stage.messages(stage.find("brake").id()).get(1);
    OpenedMessage opened = Stage.done(stage.mara().open(second.id()));
    narrator.opened(opened);
    return opened;
  }

  private static Attachment receiptOf(OpenedMessage opened) {
    return opened.message().attachments().stream()
        .filter(each -> !each.inline())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Eva attached a receipt"));
  }

  private SavedFile save(AgentDesk desk, Message message, Attachment file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Stage.done(desk.saveAttachment(message.id(), file.part(), bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory takes every byte", impossible);
    }
    SavedFile saved =
        new SavedFile(
            file.name().value(), file.contentType(), bytes.size(), Sha256.of(bytes.toByteArray()));
    narrator.saved(saved);
    return saved;
  }

  /** The till knows Ben, but not the address that he writes from at the weekend. */
  private Conversation linkBen() {
    OpenedMessage opened = stage.open(stage.jonas(), "Deposit");
    List<Customer> found = stage.jonas().findCustomers("okafor", 5).findValue().orElseThrow();
    narrator.tell(
        "The address is new. Jonas searches the till for 'okafor', finds %s (%s) and links."
            .formatted(found.get(0).name(), found.get(0).id()));
    stage.answers(stage.jonas().link(List.of(opened.conversation().id()), found.get(0).id()));
    return stage.find("Deposit");
  }

  private Customer createNadia() {
    OpenedMessage opened = stage.open(stage.jonas(), "Children's bike");
    Customer created = Stage.done(stage.jonas().createCustomer(opened.message().id(), ""));
    narrator.tell(
        "%s is new. Jonas makes a customer of the message; the till gives the number %s."
            .formatted(created.name(), created.id()));
    return created;
  }
}
