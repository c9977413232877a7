package io.engage.core.configuring;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Decides who works in an inbox after some were added or removed. */
public final class Membership {
  private Membership() {}

  /** New ones come last, in their order; who is there already keeps the place and may change. */
  public static Inbox with(Inbox inbox, Collection<Member> added) {
    List<Member> members = new ArrayList<>(inbox.settings().members());
    for (Member member : added) {
      int place = placeOf(member.agent(), members);
      if (place < 0) {
        members.add(member);
      } else {
        members.set(place, member);
      }
    }
    return changed(inbox, members);
  }

  public static Inbox without(Inbox inbox, Collection<AgentId> removed) {
    return changed(
        inbox,
        inbox.settings().members().stream()
            .filter(member -> !removed.contains(member.agent()))
            .toList());
  }

  private static int placeOf(AgentId agent, List<Member> members) {
    return members.stream().map(Member::agent).toList().indexOf(agent);
  }

  private static Inbox changed(Inbox inbox, List<Member> members) {
    return inbox.withSettings(inbox.settings().change().members(members).build());
  }
}
