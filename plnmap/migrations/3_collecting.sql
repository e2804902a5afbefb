-- Format 3: what collecting has done and has still to do.

CREATE TABLE tasks (
    source VARCHAR, stream VARCHAR, subject VARCHAR, account VARCHAR, rank BIGINT, state VARCHAR,
    cursor VARCHAR, since VARCHAR, newest VARCHAR, began_at TIMESTAMP, first TIMESTAMP, last TIMESTAMP,
    expected BIGINT, got BIGINT, pages BIGINT, reason VARCHAR, rest VARCHAR, pass_items BIGINT,
    pass_pages BIGINT, pass_oldest TIMESTAMP, mark VARCHAR
);

CREATE TABLE raw_answers (
    source VARCHAR, stream VARCHAR, subject VARCHAR, page BIGINT, request VARCHAR, received_at TIMESTAMP,
    reader_version BIGINT, body BLOB
);

CREATE TABLE spending (
    source VARCHAR, day DATE, resource VARCHAR, owned BOOLEAN, reads BIGINT, dollars DOUBLE
);

CREATE TABLE billed (source VARCHAR, day DATE, resource VARCHAR, item VARCHAR);
CREATE TABLE post_ids (server VARCHAR, id VARCHAR, post VARCHAR);
CREATE TABLE snapshots (account VARCHAR, direction VARCHAR, taken_at TIMESTAMP, follows BIGINT);
CREATE TABLE tombstones (key VARCHAR, salt VARCHAR, why VARCHAR, instead VARCHAR, since TIMESTAMP);
CREATE TABLE texts_not_kept (post VARCHAR, rules VARCHAR);
