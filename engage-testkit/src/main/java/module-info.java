/** A contract suite for each port, a manual clock, scripted servers, sample mail. */
module io.engage.testkit {
  requires transitive io.engage.spi;
  requires org.assertj.core;
  requires static transitive org.jspecify;
  requires jdk.httpserver;
  requires transitive org.junit.jupiter.api;

  exports io.engage.testkit;
  exports io.engage.testkit.peers;
}
