package io.engage.core;

import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.UidRange;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.TransportSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A good mail system between whose steps something happens, and that hides a mail for a while. */
final class WatchedMail implements MailSystem {
  private final MailSystem good;
  private Runnable beforeFetch = () -> {};
  private Runnable afterSend = () -> {};
  private Runnable beforeConnecting = () -> {};
  private long hidden;

  WatchedMail(MailSystem good) {
    this.good = good;
  }

  /** Once. */
  void beforeFetch(Runnable happens) {
    beforeFetch = happens;
  }

  /** Once, when the server has the mail and its answer is on the way. */
  void afterSend(Runnable happens) {
    afterSend = happens;
  }

  /** Once, while the connection that sends is being made. */
  void beforeConnecting(Runnable happens) {
    beforeConnecting = happens;
  }

  /** The server does not show this UID; 0 for none. */
  void hide(long uid) {
    hidden = uid;
  }

  @Override
  public MailSource source() {
    return account -> open(account);
  }

  @Override
  public MailSystem trying(@Nullable Credential credential) {
    return good.trying(credential);
  }

  @Override
  public MailTransport transport() {
    return account -> {
      Runnable connecting = beforeConnecting;
      beforeConnecting = () -> {};
      connecting.run();
      TransportSession session = good.transport().open(account);
      return (TransportSession)
          proxy(
              TransportSession.class,
              (method, arguments) -> {
                Object answer = method.invoke(session, arguments);
                if (method.getName().equals("send")) {
                  Runnable happens = afterSend;
                  afterSend = () -> {};
                  happens.run();
                }
                return answer;
              });
    };
  }

  @Override
  public MailFormat format() {
    return good.format();
  }

  private MailboxSession open(MailAccount account) {
    MailboxSession session = good.source().open(account);
    return (MailboxSession)
        proxy(
            MailboxSession.class,
            (method, arguments) -> {
              if (method.getName().equals("fetch")) {
                Runnable happens = beforeFetch;
                beforeFetch = () -> {};
                happens.run();
              } else if (method.getName().equals("survey") && hidden > 0) {
                MailSource.SurveyReceiver receiver = (MailSource.SurveyReceiver) arguments[1];
                arguments[1] = (MailSource.SurveyReceiver) each -> receiver.accept(without(each));
              }
              Object answer = method.invoke(session, arguments);
              return answer instanceof FolderState state && hidden > 0 ? fewer(state) : answer;
            });
  }

  private FolderSurvey without(FolderSurvey survey) {
    List<UidRange> present = new ArrayList<>();
    for (UidRange range : survey.present()) {
      if (range.contains(hidden)) {
        if (range.first() < hidden) {
          present.add(new UidRange(range.first(), hidden - 1));
        }
        if (range.last() > hidden) {
          present.add(new UidRange(hidden + 1, range.last()));
        }
      } else {
        present.add(range);
      }
    }
    return new FolderSurvey(
        survey.folder(), survey.uidValidity(), survey.from(), survey.to(), present, survey.seen());
  }

  private static FolderState fewer(FolderState state) {
    return new FolderState(
        state.folder(),
        state.uidValidity(),
        state.lastUid(),
        state.messages() - 1,
        state.highestModSeq());
  }

  private interface Call {
    @Nullable Object make(Method method, Object[] arguments) throws Throwable;
  }

  private static Object proxy(Class<?> port, Call call) {
    return Proxy.newProxyInstance(
        port.getClassLoader(),
        new Class<?>[] {port},
        (proxy, method, arguments) -> {
          try {
            return call.make(method, arguments);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        });
  }
}
