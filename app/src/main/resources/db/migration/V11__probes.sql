-- What a destination was seen to do, as JSON, and a hash of the settings it was seen with: with others it is forgotten.
-- It can be looked at again at any time, so nothing is kept of what older versions noted.
drop table destination_probes;
create table destination_probes (
    destination varchar(1000) not null primary key,
    settings    varchar(64)   not null,
    seen        text          not null,
    probed_at   bigint        not null
);

-- What is done again and again, by whichever node comes first, and when it is due.
create table chores (
    name   varchar(1000) not null primary key,
    due_at bigint        not null
);
