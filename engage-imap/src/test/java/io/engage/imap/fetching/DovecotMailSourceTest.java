package io.engage.imap.fetching;

import io.engage.testkit.peers.Dovecot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("SY-1")
class DovecotMailSourceTest extends RealServerContract {
  private static Dovecot dovecot;

  @BeforeAll
  static void start() {
    dovecot = Dovecot.start();
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  @BeforeEach
  void prepareFolders() {
    prepare();
  }

  @Override
  int port() {
    return dovecot.port();
  }

  @Override
  String password() {
    return Dovecot.PASSWORD;
  }

  @Override
  protected String folder() {
    return "Aufträge & Co";
  }

  @Override
  String folderOnTheWire() {
    return "\"Auftr&AOQ-ge &- Co\"";
  }

  /** Known by its attribute, not by its name. */
  @Override
  String sentFolder() {
    return "Abgeschickt";
  }
}
