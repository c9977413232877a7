package io.engage.core.queueing;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Member;
import io.engage.model.queue.Rotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides where turns go on after the members of an inbox have changed: still behind whoever was
 * served last, or, when they have left, behind whoever stood before them and is still there. So it
 * is exact whoever comes and goes.
 */
public final class Rotating {
  private Rotating() {}

  /**
   * @return what is equal to the rotation when there is nothing to store
   */
  public static Rotation decide(Rotation rotation, List<Member> before, List<Member> after) {
    Map<AgentId, Integer> now = places(after);
    if (now.containsKey(rotation.last())) {
      return rotation;
    }
    int gap = places(before).getOrDefault(rotation.last(), rotation.place());
    for (int place = Math.min(gap, before.size()) - 1; place >= 0; place--) {
      AgentId each = before.get(place).agent();
      if (now.containsKey(each)) {
        return new Rotation(rotation.inbox(), each, now.get(each), rotation.version());
      }
    }
    return new Rotation(rotation.inbox(), rotation.last(), 0, rotation.version());
  }

  private static Map<AgentId, Integer> places(List<Member> members) {
    Map<AgentId, Integer> places = new HashMap<>();
    members.forEach(each -> places.put(each.agent(), places.size()));
    return places;
  }
}
