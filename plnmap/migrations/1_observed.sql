-- Format 1: what sources say, and what is computed from it.

CREATE TABLE posts (
    post VARCHAR, author VARCHAR, happened_at TIMESTAMP, at_precision VARCHAR, text VARCHAR,
    lang VARCHAR, conversation VARCHAR, reply_to_post VARCHAR, reply_to VARCHAR, boost_of_post VARCHAR,
    boost_of VARCHAR, quote_of_post VARCHAR, quote_of VARCHAR, mentions VARCHAR[], n_handles BIGINT,
    links VARCHAR[], hashtags VARCHAR[], url VARCHAR, authority BIGINT
);

CREATE TABLE reactions (
    actor VARCHAR, kind VARCHAR, post VARCHAR, author VARCHAR, happened_at TIMESTAMP,
    at_precision VARCHAR, seen_at TIMESTAMP
);

CREATE TABLE handles (account VARCHAR, handle VARCHAR, first_seen TIMESTAMP, last_seen TIMESTAMP);
CREATE TABLE follows (source VARCHAR, target VARCHAR, first_seen TIMESTAMP, last_seen TIMESTAMP);
CREATE TABLE dm_days (source VARCHAR, target VARCHAR, day DATE, messages BIGINT);

CREATE TABLE sources (
    source VARCHAR, name VARCHAR, kind VARCHAR, platform VARCHAR, owner VARCHAR, retrieved_at TIMESTAMP,
    retrieved_from VARCHAR, reader_version BIGINT, posts BIGINT, skipped BIGINT, skip_reasons VARCHAR,
    other_side BOOLEAN, imported_at TIMESTAMP
);

CREATE TABLE interactions (
    platform VARCHAR, kind VARCHAR, source VARCHAR, target VARCHAR, happened_at TIMESTAMP,
    at_precision VARCHAR, post VARCHAR, weight_units BIGINT
);

CREATE TABLE tie_days (
    source VARCHAR, target VARCHAR, day DATE, n_reply BIGINT, n_mention BIGINT, n_quote BIGINT,
    n_boost BIGINT, n_favourite BIGINT, n_dm BIGINT, n_list_mention BIGINT, weight_units BIGINT
);

CREATE TABLE text_languages (post VARCHAR, lang VARCHAR, readable BOOLEAN);

CREATE TABLE acts (
    post VARCHAR, act VARCHAR, object VARCHAR, score DOUBLE, rule VARCHAR, start BIGINT, stop BIGINT
);

CREATE TABLE accounts (
    account VARCHAR, display_name VARCHAR, bio VARCHAR, followers BIGINT, following BIGINT,
    seen_at TIMESTAMP, origin VARCHAR
);

CREATE TABLE coverage (
    account VARCHAR, kind VARCHAR, direction VARCHAR, state VARCHAR, first TIMESTAMP, last TIMESTAMP,
    expected BIGINT, got BIGINT, reason VARCHAR, origin VARCHAR
);

-- A reference belongs to whoever went by that handle at the time. Where several did, one after the other,
-- the border lies where the next one was first seen; of several who were never dated, only the last in
-- order counts.
CREATE VIEW resolutions AS
WITH held AS (
    SELECT split_part(account, ':', 1) || ':@' || lower(handle) AS reference, account,
           coalesce(min(first_seen), min(last_seen)) AS since, max(last_seen) AS last_seen
    FROM handles GROUP BY ALL
), turns AS (
    SELECT reference, account, since, row_number() OVER holders AS turn,
           lead(since) OVER holders AS next_since, lead(account) OVER holders IS NULL AS is_last
    FROM held
    WINDOW holders AS (PARTITION BY reference ORDER BY since NULLS FIRST, last_seen, account)
)
SELECT reference, account, CASE WHEN turn > 1 THEN since END AS valid_from, next_since AS valid_to
FROM turns WHERE is_last OR next_since IS NOT NULL;

-- Who wrote a post, and when, by the account that held the handle at the time.
CREATE VIEW authored AS
SELECT p.post, coalesce(r.account, p.author) AS account, p.happened_at, p.authority
FROM posts p LEFT JOIN resolutions r ON r.reference = p.author
 AND coalesce(p.happened_at, TIMESTAMP '9000-01-01') >= coalesce(r.valid_from, TIMESTAMP '0001-01-01')
 AND coalesce(p.happened_at, TIMESTAMP '9000-01-01') < coalesce(r.valid_to, TIMESTAMP '9001-01-01');

CREATE TABLE computed (name VARCHAR, version VARCHAR, content VARCHAR);
