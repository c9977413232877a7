package io.engage.core.queueing;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Member;
import io.engage.model.queue.Rotation;
import java.util.List;

/**
 * Decides where turns go on after the members of an inbox have changed: still behind whoever was
 * served last, or, when they have left, behind whoever stood before them and is still there.
 */
public final class Rotating {
  private Rotating() {}

  /**
   * @return the rotation itself when there is nothing to store
   */
  public static Rotation decide(Rotation rotation, List<Member> before, List<Member> after) {
    List<AgentId> old = agents(before);
    List<AgentId> now = agents(after);
    if (now.contains(rotation.last())) {
      return rotation;
    }
    int last = old.indexOf(rotation.last());
    int gap = last < 0 ? Math.min(rotation.place(), old.size()) : last;
    for (int back = 1; back <= old.size(); back++) {
      AgentId each = old.get(Math.floorMod(gap - back, old.size()));
      int place = now.indexOf(each);
      if (place >= 0) {
        return new Rotation(rotation.inbox(), each, place, rotation.version());
      }
    }
    return new Rotation(rotation.inbox(), rotation.last(), 0, rotation.version());
  }

  private static List<AgentId> agents(List<Member> members) {
    return members.stream().map(Member::agent).toList();
  }
}
