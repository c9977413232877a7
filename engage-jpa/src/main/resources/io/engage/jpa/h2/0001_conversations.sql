-- Moments are nanoseconds since 1970. A body is the whole record as JSON; its form says in which version.

create table engage_inbox (
  id varchar primary key,
  version bigint not null,
  gone boolean not null,
  form smallint not null,
  body clob not null
);

create table engage_conversation (
  id varchar primary key,
  version bigint not null,
  inbox varchar not null,
  number varchar not null,
  channel varchar not null,
  messages integer not null,
  unread integer not null,
  assignee varchar,
  customer varchar,
  completed_at bigint,
  opened_at bigint not null,
  last_at bigint not null,
  priority integer not null,
  side_of varchar,
  campaign varchar,
  tags varchar array not null,
  phones varchar array not null,
  subject varchar not null,
  senders varchar not null,
  preview varchar not null,
  form smallint not null,
  body clob not null
);

create table engage_message (
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

-- Under which Message-IDs a message is found: its own, and those that it names.
create table engage_message_name (
  name varbinary not null,
  own boolean not null,
  at bigint not null,
  message varchar not null,
  primary key (name, own, at, message)
);

-- Under what the conversations and messages of a person are found; an empty message stands for the conversation itself.
create table engage_person (
  person varchar not null,
  conversation varchar not null,
  message varchar not null,
  primary key (person, conversation, message)
);
