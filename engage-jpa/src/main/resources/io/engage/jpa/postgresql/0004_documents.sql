create table engage_document (
  kind text collate "C" not null,
  id text collate "C" not null,
  owner text collate "C" not null,
  version bigint not null,
  form smallint not null,
  body text not null,
  primary key (kind, id)
);

create index engage_document_owner on engage_document (kind, owner, id);

create table engage_draft (
  id text collate "C" primary key,
  version bigint not null,
  inbox text collate "C" not null,
  conversation text collate "C",
  author text collate "C" not null,
  changed_at bigint not null,
  form smallint not null,
  body text not null
);

create index engage_draft_inbox on engage_draft (inbox);
create index engage_draft_conversation on engage_draft (conversation, changed_at, id) where conversation is not null;
create index engage_draft_author on engage_draft (author, changed_at, id);

-- What but messages needs which bytes: draft, sent_draft, held_mail, quarantined_mail or campaign_file.
create table engage_blob_use (
  blob bytea not null,
  used_by text collate "C" not null,
  user_id text collate "C" not null,
  primary key (blob, used_by, user_id)
);

create index engage_blob_use_user on engage_blob_use (user_id);
