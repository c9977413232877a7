-- What access tokens are got with. Everything but the account is sealed with a key that is not in this database.
create table engage_token (
  account text collate "C" primary key,
  version bigint not null,
  form smallint not null,
  sealed bytea not null
);
