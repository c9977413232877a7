package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.spi.Permissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Permissions} must do: a clear answer for each inbox. Extend it and return
 * permissions under which an agent may do something in one inbox and not in another.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("TH-6")
public abstract class PermissionsContract {
  private Permissions permissions;

  /** The permissions to be tested. */
  protected abstract Permissions permissions();

  /** Who asks. */
  protected abstract Agent agent();

  /** What they want to do. */
  protected abstract AgentAction action();

  /** Where they may. */
  protected abstract InboxId granted();

  /** Where they may not. */
  protected abstract InboxId refused();

  @BeforeEach
  void openPermissions() {
    permissions = permissions();
  }

  @Test
  void each_inbox_gets_its_own_answer() {
    Map<InboxId, Permission> answers = check(List.of(granted(), refused()));

    assertThat(answers.get(granted())).isEqualTo(Permission.granted());
    assertThat(answers.get(refused())).isNotEqualTo(Permission.granted());
  }

  @Test
  void a_refusal_that_is_spelled_out_has_a_reason_to_show() {
    Map<InboxId, Permission> answers = check(List.of(refused()));

    assertThat(answers.values())
        .allSatisfy(
            answer ->
                assertThat(answer)
                    .isInstanceOfSatisfying(
                        Permission.Refused.class, why -> assertThat(why.reason()).isNotBlank()));
  }

  @Test
  void nothing_is_answered_that_was_not_asked() {
    assertThat(check(List.of(granted())).keySet()).containsExactly(granted());
    assertThat(check(List.of())).isEmpty();
  }

  @Test
  void asking_twice_for_one_inbox_gives_one_answer() {
    assertThat(check(List.of(granted(), granted())))
        .containsOnly(Map.entry(granted(), Permission.granted()));
  }

  @Test
  void an_unknown_inbox_does_not_spoil_the_answer_for_the_others() {
    Map<InboxId, Permission> answers = check(List.of(InboxId.of("no-such-inbox"), granted()));

    assertThat(answers).containsEntry(granted(), Permission.granted());
  }

  @Test
  void while_there_is_no_inbox_a_refusal_has_a_reason_to_show_too() {
    Permission answer = permissions.checkWithoutInbox(agent(), action());

    assertThat(answer)
        .satisfiesAnyOf(
            may -> assertThat(may).isEqualTo(Permission.granted()),
            mayNot -> assertThat(((Permission.Refused) mayNot).reason()).isNotBlank());
  }

  @Test
  void many_may_ask_at_once_and_get_the_same_answers() {
    List<Map<InboxId, Permission>> answers =
        Race.run(8, () -> check(List.of(granted(), refused())));

    assertThat(answers).containsOnly(answers.get(0));
  }

  private Map<InboxId, Permission> check(List<InboxId> inboxes) {
    return permissions.check(agent(), action(), inboxes);
  }
}
