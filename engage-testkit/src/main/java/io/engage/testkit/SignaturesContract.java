package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.writing.Signature;
import io.engage.spi.Signatures;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Signatures} promises. Extend it in the tests of yours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("IN-10")
public abstract class SignaturesContract {
  private static final AgentId CLARA = AgentId.of("clara");
  private static final Signature OF_CLARA =
      new Signature("Clara, workshop", "<p>Clara, <b>workshop</b></p>");

  /** The port to try, when this agent alone has this signature. */
  protected abstract Signatures with(AgentId agent, Signature signature);

  @Test
  public void an_agent_signs_as_their_profile_says() {
    assertThat(with(CLARA, OF_CLARA).signatureOf(CLARA)).contains(OF_CLARA);
  }

  @Test
  public void whoever_has_no_signature_or_is_not_known_has_none() {
    Signatures signatures = with(CLARA, OF_CLARA);

    assertThat(signatures.signatureOf(AgentId.of("dirk"))).isEmpty();
  }

  @Test
  public void several_threads_ask_at_once() {
    Signatures signatures = with(CLARA, OF_CLARA);

    List<Integer> found = Race.run(8, () -> (int) signatures.signatureOf(CLARA).stream().count());

    assertThat(found).containsOnly(1);
  }
}
