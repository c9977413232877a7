-- Rows of this table are inserted and never changed. Within a conversation they are in the order of their numbers.
create table engage_audit (
  number bigint generated always as identity primary key,
  id text collate "C" not null unique,
  conversation text collate "C",
  message text collate "C",
  form smallint not null,
  body text not null
);

create index engage_audit_conversation on engage_audit (conversation, number) where conversation is not null;
create index engage_audit_message on engage_audit (message, number) where message is not null;

-- Entries that have no place in the chain yet.
create table engage_audit_unsealed (
  number bigint primary key
);

-- The chain: its places from 1 on.
create table engage_audit_seal (
  place bigint primary key,
  number bigint not null unique,
  seal bytea not null
);

-- One row: the last place of the chain. Whoever seals holds it.
create table engage_audit_head (
  id smallint primary key,
  place bigint not null,
  seal bytea not null
) with (fillfactor = 50);

-- Entries of which listeners have not heard.
create table engage_event (
  number bigint primary key
);
