package io.engage.cli;

import java.nio.file.Path;

/** Storages that survive the death of the process that used them. */
final class Surviving {
  private Surviving() {}

  /** Where a test and the processes that it kills find it. */
  static String h2In(Path folder) {
    return "jdbc:h2:" + folder.resolve("store");
  }

  static OpenStore open(String url) {
    return OpenStore.at(url, null, null);
  }
}
