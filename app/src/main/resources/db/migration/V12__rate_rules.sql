-- The rate limit of uploads that somebody set while the program ran; one row at most. SQLite and PostgreSQL.
create table rate_rules (
    id     int          not null primary key,
    rules  text         not null,
    set_by varchar(100) not null,
    set_at bigint       not null
);
