-- Format 2: what the user says. No import touches it, and nothing computes it.

CREATE TABLE labels (ego VARCHAR, account VARCHAR, label VARCHAR, said_at TIMESTAMP, elicited VARCHAR);
CREATE TABLE notes (ego VARCHAR, account VARCHAR, said_at TIMESTAMP, text VARCHAR);
CREATE TABLE events (ego VARCHAR, day DATE, precision VARCHAR, words VARCHAR);
CREATE TABLE links (account VARCHAR, person VARCHAR, answer VARCHAR, said_at TIMESTAMP);

CREATE TABLE recall_names (
    ego VARCHAR, position BIGINT, said_name VARCHAR, account VARCHAR, topic VARCHAR, said_at TIMESTAMP,
    elicited VARCHAR
);

CREATE TABLE recall_ratings (
    ego VARCHAR, position BIGINT, account VARCHAR, rating BIGINT, said_at TIMESTAMP, elicited VARCHAR
);

CREATE TABLE first_looks (ego VARCHAR, shown_at TIMESTAMP);

CREATE VIEW handle_turns AS
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

-- Linked accounts are one person, and the main account is the one that was linked to no other. A handle
-- that was linked means whoever holds it last: what a later import says of it may join two people, which
-- leaves two such accounts. Then the first in order is the main one.
CREATE VIEW persons AS
WITH RECURSIVE holders AS (
    SELECT reference, account FROM handle_turns WHERE valid_to IS NULL
), said AS (
    SELECT coalesce(one.account, links.account) AS account, coalesce(other.account, links.person) AS person
    FROM links LEFT JOIN holders AS one ON one.reference = links.account
    LEFT JOIN holders AS other ON other.reference = links.person
    WHERE answer <> 'not_found'
), pairs AS (
    SELECT account, person AS other FROM said WHERE account <> person
    UNION SELECT person, account FROM said WHERE account <> person
), reached AS (
    SELECT account, account AS other FROM pairs
    UNION SELECT reached.account, pairs.other FROM reached JOIN pairs ON pairs.account = reached.other
)
SELECT account, min_by(other, row(other IN (SELECT account FROM said WHERE account <> person), other))
    AS person
FROM reached GROUP BY account;

CREATE OR REPLACE VIEW resolutions AS
SELECT reference, coalesce(person, account) AS account, valid_from, valid_to
FROM handle_turns LEFT JOIN persons USING (account)
UNION ALL
SELECT account, person, NULL, NULL FROM persons WHERE account <> person;
