-- The plan whose residual a plan brings home: what both come to is that plan's result.

alter table plans add column first_session integer;

alter table plans add column first_plan integer;

create index plans_by_first on plans (first_session, first_plan) where first_plan is not null;
