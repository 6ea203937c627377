-- One SQL for SQLite and PostgreSQL. Times are epoch milliseconds; ${blob} and ${timestamp} are each database's own type.

-- Background work ---------------------------------------------------------------------------------------------------

-- db-scheduler's table, as its documentation gives it.
create table scheduled_tasks (
    task_name            varchar(100) not null,
    task_instance        varchar(100) not null,
    task_data            ${blob},
    execution_time       ${timestamp},
    picked               boolean      not null,
    picked_by            varchar(50),
    last_success         ${timestamp},
    last_failure         ${timestamp},
    consecutive_failures int,
    last_heartbeat       ${timestamp},
    version              bigint       not null,
    priority             smallint,
    state                varchar(20),
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

create table jobs (
    id               varchar(40)  not null primary key,
    kind             varchar(60)  not null,
    version          int          not null,
    subject          varchar(60)  not null,
    payload          text         not null,
    state            varchar(20)  not null,
    node             varchar(100),
    fence            bigint       not null,
    attempts         int          not null,
    cancel_requested boolean      not null,
    done_bytes       bigint       not null,
    total_bytes      bigint       not null,
    bytes_per_second bigint       not null,
    error            text,
    created_at       bigint       not null,
    started_at       bigint,
    next_attempt_at  bigint,
    finished_at      bigint
);
create index jobs_subject on jobs (subject);
create index jobs_created on jobs (created_at);

-- Accounts ----------------------------------------------------------------------------------------------------------

create table accounts (
    id                   varchar(40)  not null primary key,
    name                 varchar(100) not null unique,
    password_hash        varchar(300) not null,
    role                 varchar(20)  not null,
    must_change_password boolean      not null,
    disabled             boolean      not null,
    created_at           bigint       not null,
    last_login_at        bigint
);

create table api_tokens (
    id           varchar(40)  not null primary key,
    account_id   varchar(40)  not null references accounts (id),
    name         varchar(100) not null,
    token_hash   varchar(64)  not null unique,
    created_at   bigint       not null,
    expires_at   bigint,
    last_used_at bigint,
    revoked_at   bigint
);

create table audit (
    id      varchar(40)  not null primary key,
    at      bigint       not null,
    account varchar(100) not null,
    action  varchar(60)  not null,
    subject varchar(300) not null,
    address varchar(60)  not null
);
create index audit_at on audit (at);

-- Throttled guessing: when all tries of a key are paid for. The key is hashed, rows of the past mean nothing.
create table guesses (
    id      varchar(64) not null primary key,
    free_at bigint      not null
);
create index guesses_free on guesses (free_at);

-- Spring Session's tables, as its documentation gives them.
create table spring_session (
    primary_id            char(36) not null primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);
create unique index spring_session_id on spring_session (session_id);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    ${blob}      not null,
    primary key (session_primary_id, attribute_name)
);

-- Browse ------------------------------------------------------------------------------------------------------------

create table download_sizes (
    root        varchar(400)  not null,
    name        varchar(1024) not null,
    bytes       bigint        not null,
    files       bigint        not null,
    mtime       bigint        not null,
    measured_at bigint        not null,
    primary key (root, name)
);

-- Packs -------------------------------------------------------------------------------------------------------------

create table packs (
    id            varchar(40)   not null primary key,
    name          varchar(255)  not null,
    state         varchar(20)   not null,
    error         text,
    download_id   varchar(80)   not null,
    download_name varchar(1024) not null,
    source        varchar(4096) not null,
    info_hash     varchar(64),
    request       text          not null,
    destination   varchar(100)  not null,
    fingerprint   varchar(64),
    source_bytes  bigint        not null,
    total_bytes   bigint        not null,
    files         bigint        not null,
    grade         varchar(20),
    manifest_key  varchar(1024),
    created_by    varchar(100)  not null,
    idempotency   varchar(200)  unique,
    created_at    bigint        not null,
    sealed_at     bigint,
    home_at       bigint,
    home_by       varchar(100),
    source_purged_at bigint,
    bucket_purged_at bigint
);
create index packs_download on packs (download_id);
create index packs_created on packs (created_at);

create table pack_files (
    pack_id     varchar(40)   not null references packs (id),
    n           int           not null,
    path        varchar(4096) not null,
    kind        varchar(12)   not null,
    size        bigint        not null,
    mtime_s     bigint        not null,
    mtime_ns    int           not null,
    mode        int           not null,
    link_target varchar(4096),
    primary key (pack_id, n)
);

create table volumes (
    pack_id      varchar(40)   not null references packs (id),
    n            int           not null,
    name         varchar(255)  not null,
    size         bigint        not null,
    object_key   varchar(1024) not null,
    upload_id    varchar(1024),
    part_size    bigint        not null,
    etag         varchar(200),
    version_id   varchar(200),
    crc32        bigint,
    crc32c       bigint,
    grade        varchar(20),
    completed_at bigint,
    deleted_at   bigint,
    primary key (pack_id, n)
);

create table parts (
    pack_id     varchar(40)  not null,
    volume      int          not null,
    number      int          not null,
    size        bigint       not null,
    etag        varchar(200) not null,
    sha256      varchar(64)  not null,
    crc32       bigint       not null,
    crc32c      bigint       not null,
    fragments   ${blob}      not null,
    accepted_at bigint       not null,
    primary key (pack_id, volume, number)
);

create table destination_probes (
    destination           varchar(1000) not null primary key,
    payload_hash_enforced boolean       not null,
    probed_at             bigint        not null
);

-- Links -------------------------------------------------------------------------------------------------------------

create table links (
    id           varchar(40)  not null primary key,
    pack_id      varchar(40)  not null references packs (id),
    token_hash   varchar(64)  not null unique,
    token_sealed varchar(300) not null,
    created_by   varchar(100) not null,
    created_at   bigint       not null,
    expires_at   bigint       not null,
    revoked_at   bigint,
    opened       bigint       not null
);
create index links_pack on links (pack_id);

-- Purge -------------------------------------------------------------------------------------------------------------

create table purges (
    id           varchar(40)  not null primary key,
    pack_id      varchar(40)  not null references packs (id),
    plan         text         not null,
    overridden   boolean      not null,
    requested_by varchar(100) not null,
    requested_at bigint       not null,
    finished_at  bigint,
    record       text
);
create index purges_pack on purges (pack_id);

-- What is kept of a torrent before it is removed. Private: a .torrent holds the passkey.
create table kept_torrents (
    pack_id      varchar(40)   not null primary key references packs (id),
    info_hash    varchar(64)   not null,
    name         varchar(1024) not null,
    download_dir varchar(4096) not null,
    labels       text          not null,
    torrent      ${blob},
    kept_at      bigint        not null
);
