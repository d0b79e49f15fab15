-- {money} is an exact decimal: numeric on PostgreSQL, text on SQLite. Running sums are text on both, as they may have more digits
-- than either client reads as a decimal. Times are UTC nanoseconds.

create table position (
    id integer primary key,
    segment integer not null,
    byte_offset bigint not null,
    block_start bigint not null,
    sequence bigint not null,
    time bigint not null,
    session integer not null,
    seal_hash text not null,
    hash text not null);

create table sessions (
    number integer primary key,
    sequence bigint not null,
    mode text not null,
    settings text not null,
    started_time bigint not null,
    ended_time bigint,
    records bigint,
    opportunities bigint,
    plans integer);

create table instruments (
    sequence bigint primary key,
    number integer not null,
    venue text not null,
    pair text not null,
    symbol text not null,
    base text not null,
    quote text not null,
    tick_size {money} not null,
    lot_size {money} not null,
    quantity_min {money} not null);

create index instruments_by_number on instruments (number, sequence);

create table opportunities (
    session integer not null,
    number bigint not null,
    sequence bigint not null,
    cycle text not null,
    top_net_bps {money} not null,
    opened_time bigint not null,
    closed_time bigint,
    best_net_bps {money},
    best_profit {money},
    why text,
    plan integer,
    refusals integer not null,
    refusal text,
    refusal_value {money},
    refusal_threshold {money},
    input {money},
    profit {money},
    is_sized boolean not null,
    is_filled boolean not null,
    primary key (session, number));

create unique index opportunities_by_sequence on opportunities (sequence);

create index opportunities_by_time on opportunities (opened_time);

create table refusals (
    sequence bigint primary key,
    session integer not null,
    opportunity bigint not null,
    opened_time bigint not null,
    reason text not null,
    value {money} not null,
    threshold {money} not null,
    input {money} not null,
    profit {money} not null,
    time bigint not null);

create index refusals_by_time on refusals (opened_time);

create table plans (
    session integer not null,
    plan integer not null,
    sequence bigint not null,
    opportunity bigint not null,
    cycle text not null,
    start_asset text not null,
    input {money} not null,
    gross_profit {money} not null,
    fees {money} not null,
    rounding {money} not null,
    expected_profit {money} not null,
    opened_time bigint not null,
    closed_time bigint,
    outcome text,
    realised {money},
    slippage {money},
    primary key (session, plan));

create unique index plans_by_sequence on plans (sequence);

create index plans_by_end on plans (start_asset, closed_time, sequence);

create index plans_open on plans (sequence) where closed_time is null;

create table orders (
    id text primary key,
    sequence bigint not null,
    session integer not null,
    plan integer not null,
    leg integer not null,
    purpose text not null,
    venue text not null,
    pair text not null,
    side text not null,
    quantity {money} not null,
    limit_price {money} not null,
    time_in_force text not null,
    state text not null,
    filled {money} not null,
    is_partial boolean not null,
    sent_time bigint not null,
    done_time bigint,
    reason text);

create index orders_by_plan on orders (session, plan, sequence);

create table fills (
    order_id text not null,
    trade_id text not null,
    sequence bigint not null,
    session integer not null,
    plan integer not null,
    pair text not null,
    side text not null,
    price {money} not null,
    quantity {money} not null,
    fee {money} not null,
    fee_asset text not null,
    time bigint not null,
    primary key (order_id, trade_id));

create index fills_by_plan on fills (session, plan, sequence);

create table postings (
    sequence bigint not null,
    line integer not null,
    session integer not null,
    plan integer not null,
    reason text not null,
    account text not null,
    asset text not null,
    venue text not null,
    amount {money} not null,
    time bigint not null,
    primary key (sequence, line));

create index postings_by_plan on postings (session, plan, sequence);

create table balances (
    session integer not null,
    asset text not null,
    venue text not null,
    amount text not null,
    primary key (session, asset, venue));

create table profits (
    session integer not null,
    asset text not null,
    realised text not null,
    primary key (session, asset));

create table balance_snapshots (
    session integer not null,
    minute bigint not null,
    asset text not null,
    venue text not null,
    amount text not null,
    primary key (session, minute, asset, venue));

create table profit_snapshots (
    session integer not null,
    minute bigint not null,
    asset text not null,
    realised text not null,
    primary key (session, minute, asset));

create table audit (
    sequence bigint primary key,
    session integer not null,
    time bigint not null,
    action text not null,
    text text not null);

create table activity_minutes (
    minute bigint primary key,
    opportunities integer not null,
    refused integer not null,
    plans integer not null);

create table funnel_hours (
    hour bigint primary key,
    detected bigint not null,
    sized bigint not null,
    within_risk bigint not null,
    filled bigint not null);

create table refusal_hours (
    hour bigint not null,
    reason text not null,
    opportunities bigint not null,
    primary key (hour, reason));

create table outcome_hours (
    hour bigint not null,
    start_asset text not null,
    outcome text not null,
    plans integer not null,
    wins integer not null,
    losses integer not null,
    gains text not null,
    loss_sum text not null,
    realised text not null,
    duration bigint not null,
    primary key (hour, start_asset, outcome));
