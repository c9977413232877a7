package io.engage.imap.fetching;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** GreenMail has neither special-use folders nor LIST-EXTENDED nor CONDSTORE nor ESEARCH. */
@Tag("SY-1")
class GreenMailMailSourceTest extends RealServerContract {
  private final GreenMail greenMail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));

  @BeforeEach
  void start() {
    greenMail.start();
    greenMail.setUser(user() + "@shop.example", user(), password());
    prepare();
  }

  @AfterEach
  void stop() {
    greenMail.stop();
  }

  /** Its UIDVALIDITY is the second in which a folder was made. */
  @Override
  protected void renumber() {
    long second = System.currentTimeMillis() / 1_000;
    Awaitility.await().until(() -> System.currentTimeMillis() / 1_000 > second);
    super.renumber();
  }

  @Override
  protected boolean countsChanges() {
    return false;
  }

  @Override
  int port() {
    return greenMail.getImap().getPort();
  }

  @Override
  String password() {
    return "watch";
  }

  @Override
  protected String folder() {
    return "Repairs";
  }

  @Override
  String folderOnTheWire() {
    return "Repairs";
  }

  @Override
  String sentFolder() {
    return "Sent";
  }
}
