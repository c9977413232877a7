package io.engage.imap.parsing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was odd about a mail, each thing once, in words of ours. */
final class Warnings {
  private final Set<String> all = new LinkedHashSet<>();

  void add(String warning) {
    if (all.size() < Bounds.WARNINGS) {
      all.add(warning);
    }
  }

  void addIf(boolean happened, String warning) {
    if (happened) {
      add(warning);
    }
  }

  List<String> list() {
    return List.copyOf(all);
  }
}
