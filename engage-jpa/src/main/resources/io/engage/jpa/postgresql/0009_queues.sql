-- Where a conversation stands between the customer and an agent; null where nobody waits or works.
alter table engage_conversation
  add column waiting_since bigint,
  add column place bigint,
  add column offered_to text collate "C",
  add column offered_at bigint,
  add column offered_until bigint,
  add column taken_at bigint,
  add column queue_state text collate "C" generated always as (
    case
      when completed_at is not null or messages = 0 or side_of is not null then null
      when assignee is not null then 'active'
      when offered_to is not null then 'offered'
      when waiting_since is not null then 'queued'
    end) stored;

create index engage_conversation_queue on engage_conversation (inbox, place, id) include (waiting_since) where queue_state = 'queued';
create index engage_conversation_offer on engage_conversation (offered_to, offered_at, id) where queue_state = 'offered';
create index engage_conversation_offer_end on engage_conversation (offered_until, id) where queue_state = 'offered';
create index engage_conversation_load on engage_conversation (assignee) include (inbox, channel) where queue_state = 'active';
create index engage_conversation_standing on engage_conversation (inbox, queue_state, id) include (waiting_since, taken_at) where queue_state in ('offered', 'active');

-- What was completed today, out of all that ever was.
create index engage_conversation_completed on engage_conversation (inbox, completed_at) where completed_at is not null;

-- Of which inboxes an agent is a member.
create table engage_member (
  agent text collate "C" not null,
  inbox text collate "C" not null,
  primary key (agent, inbox)
);

create index engage_member_inbox on engage_member (inbox);

insert into engage_member (agent, inbox)
  select distinct jsonb_array_elements(body::jsonb -> 'settings' -> 'members') ->> 'agent', id from engage_inbox where not gone;

-- Until when agents are there.
create table engage_heartbeat (
  agent text collate "C" primary key,
  ends_at bigint not null
) with (fillfactor = 50);

create index engage_heartbeat_end on engage_heartbeat (ends_at, agent);
