-- What the amounts of an opportunity and of a refusal are in. Everything here follows from the journal, so what was projected without that is
-- emptied, and made again from the journal's beginning.

alter table opportunities add column start_asset text;

alter table refusals add column start_asset text;

delete from position;

delete from sessions;

delete from instruments;

delete from opportunities;

delete from refusals;

delete from plans;

delete from orders;

delete from fills;

delete from postings;

delete from balances;

delete from profits;

delete from balance_snapshots;

delete from profit_snapshots;

delete from audit;

delete from activity_minutes;

delete from funnel_hours;

delete from refusal_hours;

delete from outcome_hours;

delete from follow_ups;
