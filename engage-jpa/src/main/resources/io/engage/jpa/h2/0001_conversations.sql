-- Moments are nanoseconds since 1970. A body is the whole record as JSON; its form says in which version.
-- What stands in columns of its own is newer than the body: inbox and version.

-- An inbox that is gone stays, so that nothing is filed into it any more.
create table if not exists engage_inbox (
  id varchar primary key,
  version bigint not null,
  gone boolean not null,
  form smallint not null,
  body clob not null
);

-- subject, label (of the newest message), senders (a line for each participant), preview and customer_caseless are in lower case.
create table if not exists engage_conversation (
  id varchar primary key,
  version bigint not null,
  inbox varchar not null,
  number integer not null,
  channel varchar not null,
  messages integer not null,
  unread integer not null,
  assignee varchar,
  customer varchar,
  customer_caseless varchar,
  completed_at bigint,
  completed boolean generated always as (completed_at is not null),
  opened_at bigint not null,
  last_at bigint not null,
  priority integer not null,
  side_of varchar,
  campaign varchar,
  tags varchar array not null,
  subject varchar not null,
  label varchar not null,
  senders varchar not null,
  preview varchar not null,
  form smallint not null,
  body clob not null
);

create index if not exists engage_conversation_number on engage_conversation (number);

create index if not exists engage_conversation_newest on engage_conversation (inbox, completed, last_at, id);
create index if not exists engage_conversation_urgent on engage_conversation (priority, last_at, id);
create index if not exists engage_conversation_assignee on engage_conversation (assignee, completed, last_at, id);
create index if not exists engage_conversation_customer on engage_conversation (customer, completed, last_at, id);
create index if not exists engage_conversation_campaign on engage_conversation (campaign, completed, last_at, id);
create index if not exists engage_conversation_side on engage_conversation (side_of, completed, last_at, id);

-- What a conversation has several of, and lists are asked for: its tags, and the numbers of those with whom it exchanges SMS.
create table if not exists engage_conversation_facet (
  facet varchar not null,
  completed boolean not null,
  last_at bigint not null,
  conversation varchar not null,
  primary key (facet, completed, last_at, conversation)
);

create index if not exists engage_conversation_facet_of on engage_conversation_facet (conversation);

-- Which three letters follow each other in what is searched of a conversation, each three as a number; nothing stands here, where no index is made of it.
create table if not exists engage_conversation_trigram (
  conversation varchar primary key,
  trigrams smallint array not null
);

-- delivery is the worst that any recipient of it has; customer is whose history it stands in.
create table if not exists engage_message (
  id varchar primary key,
  version bigint not null,
  conversation varchar not null,
  inbox varchar not null,
  channel varchar not null,
  customer varchar,
  delivery varchar not null,
  removal varchar not null,
  at bigint not null,
  source varbinary not null,
  form smallint not null,
  body clob not null
);

create index if not exists engage_message_conversation on engage_message (conversation, at, id);
create index if not exists engage_message_held on engage_message (conversation, id);
create index if not exists engage_message_inbox on engage_message (inbox, at, id);
create index if not exists engage_message_source on engage_message (source, removal);
create index if not exists engage_message_history on engage_message (customer, channel, at, id);
create index if not exists engage_message_outgoing on engage_message (inbox, delivery, at, id);

-- Under which Message-IDs a message is found: its own, and those that it names; the 20 oldest of each.
-- A name is the first 16 bytes of the SHA-256 of the Message-ID in lower case.
create table if not exists engage_message_name (
  name varbinary not null,
  own boolean not null,
  at bigint not null,
  message varchar not null,
  primary key (name, own, at, message)
);

create index if not exists engage_message_name_message on engage_message_name (message);

-- Under what the conversations and messages of a person are found; an empty message stands for the conversation itself.
create table if not exists engage_person (
  person varchar not null,
  conversation varchar not null,
  message varchar not null,
  primary key (person, conversation, message)
);

create index if not exists engage_person_message on engage_person (message, conversation);
