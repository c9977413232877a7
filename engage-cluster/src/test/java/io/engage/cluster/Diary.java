package io.engage.cluster;

import io.engage.core.Job;
import io.engage.core.Stop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Writes down which node is at which job. */
final class Diary {
  private final Map<String, List<String>> atWork = new ConcurrentHashMap<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();

  /** A job that lasts until it is stopped. */
  Job watch(String name, String node) {
    return watch(name, node, "");
  }

  /** The same, set up in some way. */
  Job watch(String name, String node, String settings) {
    return new Watch(name, settings, node, this);
  }

  /** The nodes that are at it just now. */
  List<String> nodesAt(String job) {
    return List.copyOf(atWork.getOrDefault(job, List.of()));
  }

  /** Every beginning, as {@code node job settings}. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  private record Watch(String name, String settings, String node, Diary diary) implements Job {
    @Override
    public Instant run(Stop stop) {
      diary.begun.add((node + " " + name + " " + settings).strip());
      List<String> nodes = diary.atWork.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>());
      nodes.add(node);
      try {
        boolean came = stop.comesWithin(1, TimeUnit.HOURS);
        return came ? Instant.EPOCH : Instant.MAX;
      } finally {
        nodes.remove(node);
      }
    }
  }
}
