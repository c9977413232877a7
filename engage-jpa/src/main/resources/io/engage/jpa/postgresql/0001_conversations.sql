-- Moments are nanoseconds since 1970. A body is the whole record as JSON; its form says in which version.

create table engage_inbox (
  id text collate "C" primary key,
  version bigint not null,
  gone boolean not null,
  form smallint not null,
  body text not null
);

create table engage_conversation (
  id text collate "C" primary key,
  version bigint not null,
  inbox text collate "C" not null,
  number text collate "C" not null,
  channel text collate "C" not null,
  messages integer not null,
  unread integer not null,
  assignee text collate "C",
  customer text collate "C",
  completed_at bigint,
  opened_at bigint not null,
  last_at bigint not null,
  priority integer not null,
  side_of text collate "C",
  campaign text collate "C",
  tags text[] not null,
  phones text[] not null,
  subject text collate "C" not null,
  senders text collate "C" not null,
  preview text collate "C" not null,
  form smallint not null,
  body text not null
);

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

-- Under which Message-IDs a message is found: its own, and those that it names.
create table engage_message_name (
  name bytea not null,
  own boolean not null,
  at bigint not null,
  message text collate "C" not null,
  primary key (name, own, at, message)
);

-- Under what the conversations and messages of a person are found; an empty message stands for the conversation itself.
create table engage_person (
  person text collate "C" not null,
  conversation text collate "C" not null,
  message text collate "C" not null,
  primary key (person, conversation, message)
);
