package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentAction;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-13")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AttendingTest {
  private final Street street = new Street();
  private final AgentDesk dirk = street.engage.deskOf(Shop.DIRK);

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void two_agents_in_one_conversation_see_each_other_and_the_second_writer_is_told() {
    ConversationId bike = anaWrites();

    List<Attendee> beforeDirk = others(street.clara.attend(bike, true));
    List<Attendee> seenByDirk = others(dirk.attend(bike, true));
    List<Attendee> seenByClara = others(street.clara.attending(bike));

    assertThat(beforeDirk).isEmpty();
    assertThat(seenByDirk)
        .containsExactly(
            new Attendee(Shop.CLARA, true, street.clock.instant().plus(Attending.HOLDS_FOR)));
    assertThat(seenByClara).extracting(Attendee::agent).containsExactly(Shop.DIRK);
  }

  @Test
  void who_leaves_or_is_silent_for_long_is_not_there_any_more() {
    ConversationId bike = anaWrites();
    street.clara.attend(bike, false);
    dirk.attend(bike, false);

    dirk.leave(bike);
    List<Attendee> left = others(street.clara.attending(bike));
    street.clock.advance(Attending.HOLDS_FOR);
    List<Attendee> silent = others(dirk.attending(bike));

    assertThat(left).isEmpty();
    assertThat(silent).isEmpty();
  }

  @Test
  void looking_alone_says_nothing_of_oneself() {
    ConversationId bike = anaWrites();

    dirk.attending(bike);

    assertThat(others(street.clara.attending(bike))).isEmpty();
  }

  @Test
  @Tag("TH-6")
  void who_may_not_read_a_conversation_does_not_see_who_is_there() {
    ConversationId bike = anaWrites();
    street.clara.attend(bike, true);
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.READ, Shop.workshop().id(), "Not yours");

    assertThat(dirk.attend(bike, true)).isInstanceOf(Outcome.Refused.class);
    assertThat(others(street.clara.attending(bike))).isEmpty();
  }

  @Test
  void work_goes_on_when_nobody_can_be_seen() {
    ConversationId bike = anaWrites();
    try (Engage blind = street.engageOn(withoutAttendance(street.storage), street.mail)) {
      AgentDesk desk = blind.deskOf(Shop.CLARA);

      assertThat(others(desk.attend(bike, true))).isEmpty();
      assertThat(others(desk.attending(bike))).isEmpty();
      desk.leave(bike);
      assertThat(desk.take(List.of(bike)).get(bike).isDone()).isTrue();
    }
  }

  private static Storage withoutAttendance(Storage good) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("attendance")) {
                throw new IllegalStateException("Nobody can be seen now");
              }
              try {
                return method.invoke(good, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private static List<Attendee> others(Outcome<List<Attendee>> outcome) {
    return outcome.findValue().orElseThrow();
  }

  private ConversationId anaWrites() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    return street.onlyConversation().id();
  }
}
