-- Where a conversation stands between the customer and an agent; null where nobody waits or works.
alter table engage_conversation add column if not exists waiting_since bigint;
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

create index if not exists engage_conversation_queue on engage_conversation (queue_state, inbox, priority, waiting_since, id);

-- Until when agents are there.
create table if not exists engage_heartbeat (
  agent varchar primary key,
  ends_at bigint not null
);

create index if not exists engage_heartbeat_end on engage_heartbeat (ends_at, agent);
