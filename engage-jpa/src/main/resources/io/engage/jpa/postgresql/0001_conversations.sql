-- Moments are nanoseconds since 1970. A body is the whole record as JSON; its form says in which version.
-- What stands in columns of its own is newer than the body: inbox and version.

-- An inbox that is gone stays, so that nothing is filed into it any more.
create table engage_inbox (
  id text collate "C" primary key,
  version bigint not null,
  gone boolean not null,
  form smallint not null,
  body text not null
);

-- subject, label (of the newest message), senders (a line for each participant), preview and customer_caseless are in lower case.
create table engage_conversation (
  id text collate "C" primary key,
  version bigint not null,
  inbox text collate "C" not null,
  number integer not null,
  channel text collate "C" not null,
  messages integer not null,
  unread integer not null,
  assignee text collate "C",
  customer text collate "C",
  customer_caseless text collate "C",
  completed_at bigint,
  completed boolean generated always as (completed_at is not null) stored,
  opened_at bigint not null,
  last_at bigint not null,
  priority integer not null,
  side_of text collate "C",
  campaign text collate "C",
  tags text[] not null,
  subject text collate "C" not null,
  label text collate "C" not null,
  senders text collate "C" not null,
  preview text collate "C" not null,
  form smallint not null,
  body text not null
);

create index engage_conversation_number on engage_conversation (number);

-- Each list that agents look at is one walk along an index, for each inbox and for open and completed ones apart.
create index engage_conversation_newest on engage_conversation (inbox, completed, last_at, id);
create index engage_conversation_urgent on engage_conversation (inbox, completed, priority, last_at, id);
create index engage_conversation_unread on engage_conversation (inbox, completed, last_at, id) where unread > 0;
create index engage_conversation_waiting on engage_conversation (inbox, last_at, id) where assignee is null and not completed;
create index engage_conversation_waiting_urgent on engage_conversation (inbox, priority, last_at, id) where assignee is null and not completed;
create index engage_conversation_unlinked on engage_conversation (inbox, last_at, id) where customer is null and not completed;
create index engage_conversation_sms on engage_conversation (inbox, completed, last_at, id) where channel = 'sms';
create index engage_conversation_assignee on engage_conversation (assignee, completed, last_at, id) where assignee is not null;
create index engage_conversation_customer on engage_conversation (customer, completed, last_at, id) where customer is not null;
create index engage_conversation_campaign on engage_conversation (campaign, completed, last_at, id) where campaign is not null;
create index engage_conversation_side on engage_conversation (side_of, completed, last_at, id) where side_of is not null;

-- What a conversation has several of, and lists are asked for: its tags, and the numbers of those with whom it exchanges SMS.
create table engage_conversation_facet (
  facet text collate "C" not null,
  completed boolean not null,
  last_at bigint not null,
  conversation text collate "C" not null,
  primary key (facet, completed, last_at, conversation)
);

create index engage_conversation_facet_of on engage_conversation_facet (conversation);

-- Which three letters follow each other in what is searched of a conversation, each three as a number.
create table engage_conversation_trigram (
  conversation text collate "C" primary key,
  trigrams smallint[] not null
);

create index engage_conversation_trigram_in on engage_conversation_trigram using gin (trigrams) with (gin_pending_list_limit = 512);

-- delivery is the worst that any recipient of it has; customer is whose history it stands in.
create table engage_message (
  id text collate "C" primary key,
  version bigint not null,
  conversation text collate "C" not null,
  inbox text collate "C" not null,
  channel text collate "C" not null,
  customer text collate "C",
  delivery text collate "C" not null,
  removal text collate "C" not null,
  at bigint not null,
  source bytea not null,
  form smallint not null,
  body text not null
);

create index engage_message_conversation on engage_message (conversation, at, id);
create index engage_message_held on engage_message (conversation, id) where removal <> 'erased';
create index engage_message_inbox on engage_message (inbox, at, id);
create index engage_message_source on engage_message (source, removal);
create index engage_message_history on engage_message (customer, channel, at, id) where customer is not null;
create index engage_message_outgoing on engage_message (inbox, delivery, at, id) where delivery <> 'none';

-- Under which Message-IDs a message is found: its own, and those that it names; the 20 oldest of each.
-- A name is the first 16 bytes of the SHA-256 of the Message-ID in lower case.
create table engage_message_name (
  name bytea not null,
  own boolean not null,
  at bigint not null,
  message text collate "C" not null,
  primary key (name, own, at, message)
);

create index engage_message_name_message on engage_message_name (message);

-- Under what the conversations and messages of a person are found; an empty message stands for the conversation itself.
create table engage_person (
  person text collate "C" not null,
  conversation text collate "C" not null,
  message text collate "C" not null,
  primary key (person, conversation, message)
);

create index engage_person_message on engage_person (message, conversation);
