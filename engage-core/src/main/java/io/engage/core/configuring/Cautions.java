package io.engage.core.configuring;

import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.RatingRequest;
import java.util.ArrayList;
import java.util.List;

/** Decides what an administrator should know of an inbox that may be as they want it. */
public final class Cautions {
  private Cautions() {}

  /**
   * What the host has set up.
   *
   * @param answersLinks whether it has an address under which the links in our mails are answered
   * @param verifiesSenders whether it has named the mail servers that verify senders
   */
  public record Host(boolean answersLinks, boolean verifiesSenders) {}

  public static List<String> decide(Inbox inbox, Host host) {
    InboxSettings settings = inbox.settings();
    List<String> cautions = new ArrayList<>();
    RatingRequest rating = settings.rating();
    if (rating != null && rating.asking() && !host.answersLinks()) {
      cautions.add(
          "Nobody is asked to rate a mail, because the program has no address for the links. Give"
              + " it one with publicUrl(...).");
    }
    if (settings.confirmation() != null && !host.verifiesSenders()) {
      cautions.add(
          "Only known customers get a confirmation, because no mail server verifies senders for"
              + " us. Name yours with authenticationServers(...).");
    }
    return cautions;
  }
}
