package io.engage.cli;

import java.io.IOException;
import java.util.List;

/** What is written in the DNS under a name. */
@FunctionalInterface
interface TextRecords {

  /**
   * The TXT records of a name, each in one piece; none when there is no such name.
   *
   * @throws IOException when nobody answers, which says nothing about the name
   */
  List<String> of(String name) throws IOException;
}
