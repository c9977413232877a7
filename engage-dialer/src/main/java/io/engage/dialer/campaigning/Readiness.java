package io.engage.dialer.campaigning;

import java.util.List;

/**
 * What has to be so before a campaign can send.
 *
 * @param keysLast whether links and refusals outlive this process
 * @param unsent how many of the active lists wait for their turn
 * @param problems what is wrong with the texts that all mails have in common
 */
public record Readiness(
    boolean inboxOn,
    boolean accountKnown,
    boolean keysLast,
    int activeLists,
    long unsent,
    List<String> problems) {
  public Readiness {
    problems = List.copyOf(problems);
  }
}
