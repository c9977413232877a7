-- What access tokens are got with. Everything but the account is sealed with a key that is not in this database.
create table if not exists engage_token (
  account varchar primary key,
  version bigint not null,
  form smallint not null,
  sealed varbinary not null
);
