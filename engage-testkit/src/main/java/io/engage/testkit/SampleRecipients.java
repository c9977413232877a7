package io.engage.testkit;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.outbox.SmtpReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Rows of the shop's lists: the spring sale goes to buyers, the repairs to owners. */
public final class SampleRecipients {
  /** A list of people who bought something. */
  public static final ListId BUYERS = ListId.of("buyers");

  /** A list of people who own a watch. */
  public static final ListId OWNERS = ListId.of("an-owner");

  private static final String TEXT = "Ré “strap” 😀\r\n\t\\ \" ${name}";

  private SampleRecipients() {}

  /** A row that says nothing but where it goes. */
  public static Recipient recipient(ListId list, long row) {
    return recipient(list, row, "%s-%d@example.com".formatted(list.value(), row));
  }

  /** The same with an address. */
  public static Recipient recipient(ListId list, long row, String address) {
    return new Recipient(
        RecipientId.of(list, row),
        address,
        Recipient.USUAL_PRIORITY,
        Recipient.Row.EMPTY,
        RecipientState.PENDING);
  }

  /** The same with a priority. */
  public static Recipient urgent(ListId list, long row, int priority) {
    Recipient usual = recipient(list, row);
    return new Recipient(usual.id(), usual.address(), priority, usual.row(), usual.state());
  }

  /** The first rows of a list. */
  public static List<Recipient> rows(ListId list, int count) {
    return LongStream.rangeClosed(1, count).mapToObj(row -> recipient(list, row)).toList();
  }

  /** A row that says all that a row can say, with what a careless store spoils. */
  public static Recipient wordy(ListId list, long row) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("watch", TEXT);
    variables.put("name", "Ana");
    variables.put("", "");
    List<String> attachments = new ArrayList<>(List.of("price-list", "a"));
    return new Recipient(
        RecipientId.of(list, row),
        "Ana.Álvarez@EXAMPLE.com",
        1,
        new Recipient.Row(TEXT, attachments, variables),
        RecipientState.PENDING);
  }

  /** A row to which nothing will be sent. */
  public static Recipient invalid(ListId list, long row) {
    return recipient(list, row, "")
        .withState(
            RecipientState.failed(
                RecipientOutcome.of(Why.INVALID_ADDRESS, "This is no address"), Sample.MONDAY));
  }

  /** A server took the mail. */
  public static RecipientOutcome accepted() {
    return new RecipientOutcome(
        Why.ACCEPTED, "The server took it", new SmtpReply(250, "2.0.0", "Ok: queued"));
  }

  /** A server did not take the mail, and says for whom. */
  public static RecipientOutcome refused(String address) {
    return new RecipientOutcome(
        Why.REFUSED, "Unknown", new SmtpReply(550, "5.1.1", "<%s> unknown".formatted(address)));
  }
}
