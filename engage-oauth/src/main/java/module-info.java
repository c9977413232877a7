/** Access tokens for mail accounts, from refresh tokens (RFC 6749). */
module io.engage.oauth {
  requires transitive io.engage.spi;
  requires static transitive org.jspecify;
  requires java.net.http;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  exports io.engage.oauth;
}
