/** The words of Engage, and the ports that a host plugs in. */
module io.engage.spi {
  requires static transitive org.jspecify;

  exports io.engage.model.address;
  exports io.engage.model.audit;
  exports io.engage.model.calendar;
  exports io.engage.model.campaign;
  exports io.engage.model.conversation;
  exports io.engage.model.customer;
  exports io.engage.model.document;
  exports io.engage.model.inbox;
  exports io.engage.model.mailbox;
  exports io.engage.model.message;
  exports io.engage.model.outbox;
  exports io.engage.model.queue;
  exports io.engage.model.rule;
  exports io.engage.model.sms;
  exports io.engage.model.template;
  exports io.engage.model.writing;
  exports io.engage.spi;
}
