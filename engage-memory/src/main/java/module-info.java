/** Every port in memory: the default for trying out, and the reference. */
module io.engage.memory {
  requires transitive io.engage.spi;
  requires static transitive org.jspecify;

  exports io.engage.memory;
}
