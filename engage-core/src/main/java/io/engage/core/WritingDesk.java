package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.Composing.Composed;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Delivery;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.template.TemplateId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Where an agent writes. What is begun is kept as a draft, looked at as it will go out, sent, and
 * for some seconds taken back.
 *
 * <p>A draft is an editor's form: whoever may write in its inbox may go on with it, and its {@link
 * Draft#version()} tells who was faster. Thread-safe.
 */
public final class WritingDesk {
  private final Drafting drafting;
  private final Offering offering;
  private final Sealing sealing;
  private final Recalling recalling;
  private final Resending resending;
  private final Besides besides;

  WritingDesk(Agent agent, Parts parts, Permitting permitting) {
    Composing composing = new Composing(agent, parts);
    Placing placing = new Placing(agent, parts);
    this.drafting = new Drafting(agent, parts, permitting, composing);
    this.offering = new Offering(parts, drafting, placing, composing);
    this.sealing = new Sealing(agent, parts, drafting, placing, composing);
    this.recalling = new Recalling(agent, parts, permitting);
    this.resending = new Resending(agent, parts, permitting);
    this.besides = new Besides(agent, parts, permitting);
  }

  /**
   * Begins an answer to whoever wrote a mail. Copies go to whom the conversation's form names, see
   * {@link #changeCopies}. The mail answered is quoted below, unless the draft says otherwise.
   */
  public Outcome<Draft> reply(MessageId message) {
    return drafting.answer(requireNonNull(message, "message"), false);
  }

  /** As {@link #reply}, to everybody who got the mail as well. */
  public Outcome<Draft> replyToAll(MessageId message) {
    return drafting.answer(requireNonNull(message, "message"), true);
  }

  /**
   * Begins to forward a mail: its attachments go along, and it stands below what the agent writes.
   * Answers come to a conversation of their own {@link AgentDesk#besides besides} the one it is
   * from, which no customer sees.
   */
  public Outcome<Draft> forward(MessageId message) {
    return drafting.forward(requireNonNull(message, "message"));
  }

  /** Begins a conversation from scratch. */
  public Outcome<Draft> begin(InboxId inbox) {
    return drafting.anew(requireNonNull(inbox, "inbox"), null);
  }

  /** The same, with a customer, to whom it will be linked. */
  public Outcome<Draft> begin(InboxId inbox, CustomerId customer) {
    return drafting.anew(requireNonNull(inbox, "inbox"), requireNonNull(customer, "customer"));
  }

  /** Begins a conversation with body and subject of a mail filled in. */
  public Outcome<Draft> beginFrom(MessageId message) {
    return drafting.anewFrom(requireNonNull(message, "message"));
  }

  /**
   * Saves what stands in the form; as often as an editor likes.
   *
   * @return the draft with its next version; {@link Outcome.Overtaken} with what is stored when
   *     somebody has saved it since
   */
  public Outcome<Draft> save(Draft draft) {
    return drafting.save(draft);
  }

  /**
   * Adds a file beside the text.
   *
   * @return the draft; refused when the files together are more than a mail takes
   * @throws IOException when {@code content} cannot be read; nothing was changed
   */
  public Outcome<Draft> attach(
      DraftId draft, FileName name, String contentType, InputStream content) throws IOException {
    return offering.attach(draft, name, contentType, content, false);
  }

  /**
   * Adds an image for the HTML to show, as {@code cid:} and the {@code contentId} that the last
   * file of the draft now has. It goes beside the text as long as the HTML does not show it.
   *
   * @throws IOException when {@code content} cannot be read; nothing was changed
   */
  public Outcome<Draft> attachImage(
      DraftId draft, FileName name, String contentType, InputStream content) throws IOException {
    return offering.attach(draft, name, contentType, content, true);
  }

  /** The templates that may be used in what is being written, filled in. */
  public Outcome<List<OfferedText>> templates(Draft draft) {
    return offering.templates(draft);
  }

  /** The quick replies in their order, filled in. */
  public Outcome<List<OfferedText>> quickReplies(Draft draft) {
    return offering.quickReplies(draft);
  }

  /**
   * Puts a template below what stands in the form, and its subject into a form without one; saves
   * it as {@link #save} does.
   *
   * @return the draft; refused when the template has fields without a value
   */
  public Outcome<Draft> useTemplate(Draft draft, TemplateId template) {
    return offering.useTemplate(draft, template);
  }

  /** Puts a quick reply below what stands in the form, as {@link #useTemplate} does. */
  public Outcome<Draft> useQuickReply(Draft draft, String quickReply) {
    return offering.useQuickReply(draft, quickReply);
  }

  /** Throws a draft away. */
  public Outcome<Draft> discard(DraftId draft) {
    return drafting.discard(draft);
  }

  /** The agent's own drafts in inboxes that they may read, newest first. */
  public List<Draft> drafts(int limit) {
    return drafting.own(limit);
  }

  /** What anybody is writing in a conversation, newest first. */
  public Outcome<List<Draft>> drafts(ConversationId conversation) {
    return drafting.in(conversation);
  }

  /**
   * What would be sent, exactly. Nothing is changed. An answer goes in copy to whom the
   * conversation's form names by now, unless the draft names others than the form did.
   */
  public Outcome<Preview> preview(Draft draft) {
    return Outcomes.then(sealing.compose(draft), WritingDesk::preview);
  }

  private static Outcome<Preview> preview(Composed composed) {
    return new Outcome.Done<>(
        new Preview(composed.mail(), composed.read().attachments(), composed.bytes().length));
  }

  /**
   * Sends what stands in the form. When this returns, it is committed for sending and stands in the
   * conversation; the draft is gone. It can be taken back with {@link #undo} for a while.
   *
   * @return the message; {@link Outcome.Unconfirmed} when it is an answer, and a message came or a
   *     colleague wrote or changed the copies, which the draft changes too, since it was begun;
   *     refused when somebody has saved the draft since
   */
  public Outcome<Message> send(Draft draft) {
    return sealing.send(draft, false);
  }

  /** Sends an answer although somebody wrote meanwhile: the agent has been told and wants it. */
  public Outcome<Message> sendAnyway(Draft draft) {
    return sealing.send(draft, true);
  }

  /**
   * Takes a message back that nobody has begun to send: it was never written.
   *
   * @return the draft, as it was
   */
  public Outcome<Draft> undo(MessageId message) {
    return recalling.undo(message);
  }

  /**
   * Sends a mail again that was refused or given up; once more under the same Message-ID.
   *
   * @return {@link Outcome.Unconfirmed} when nobody can know whether it was sent
   */
  public Outcome<Message> retry(MessageId message) {
    return resending.retry(message, false);
  }

  /** The same for a mail in doubt: the agent takes it upon them that somebody gets it twice. */
  public Outcome<Message> retryAnyway(MessageId message) {
    return resending.retry(message, true);
  }

  /**
   * The messages of ours that have come this far, in those of the inboxes that the agent may read,
   * newest first: what waits, what failed, what is in doubt, what came back.
   */
  public Page<Message> outbox(
      Collection<InboxId> inboxes, Set<Delivery> deliveries, Page.Request page) {
    return besides.outbox(inboxes, deliveries, page);
  }

  /**
   * Sets who gets copies of the answers of a conversation, until the next message that arrives sets
   * it anew. Every answer takes this form, whichever message it answers.
   */
  public Outcome<Conversation> changeCopies(
      ConversationId conversation, List<NamedAddress> cc, List<NamedAddress> bcc) {
    return besides.change(conversation, cc, bcc);
  }
}
