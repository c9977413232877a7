/** A blob store in append-only segment files. */
module io.engage.files {
  requires transitive io.engage.spi;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.engage.files;
}
