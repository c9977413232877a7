-- Where a conversation stands between the customer and an agent; null where nobody waits or works.
alter table engage_conversation add column if not exists waiting_since bigint;
alter table engage_conversation add column if not exists place bigint;
alter table engage_conversation add column if not exists offered_to varchar;
alter table engage_conversation add column if not exists offered_at bigint;
alter table engage_conversation add column if not exists offered_until bigint;
alter table engage_conversation add column if not exists taken_at bigint;
alter table engage_conversation add column if not exists queue_state varchar generated always as (
  case
    when completed_at is not null or messages = 0 or side_of is not null then null
    when assignee is not null then 'active'
    when offered_to is not null then 'offered'
    when waiting_since is not null then 'queued'
  end);

create index if not exists engage_conversation_queue on engage_conversation (queue_state, inbox, place, id, waiting_since);

-- Of which inboxes an agent is a member.
create table if not exists engage_member (
  agent varchar not null,
  inbox varchar not null,
  primary key (agent, inbox)
);

create index if not exists engage_member_inbox on engage_member (inbox);

merge into engage_member (agent, inbox) key (agent, inbox)
  select stringdecode(substring(quoted, 2, char_length(quoted) - 2)), id from (
    select id, cast(((body format json)."settings"."members")[place.x]."agent" as varchar) as quoted
    from engage_inbox, system_range(1, (
      select max(cardinality((body format json)."settings"."members")) from engage_inbox where not gone)) as place
    where not gone)
  where quoted is not null;

-- Until when agents are there.
create table if not exists engage_heartbeat (
  agent varchar primary key,
  ends_at bigint not null
);

create index if not exists engage_heartbeat_end on engage_heartbeat (ends_at, agent);
