-- What refused plans would have made a while after their refusal.

create table follow_ups (
    sequence bigint primary key,
    session integer not null,
    opportunity bigint not null,
    reason text not null,
    input {money} not null,
    after50 {money},
    after250 {money},
    after1000 {money},
    time bigint not null);

create index follow_ups_by_opportunity on follow_ups (session, opportunity);

create index refusals_by_opportunity on refusals (session, opportunity);
