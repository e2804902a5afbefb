-- Format 4: how many posts an account has made, as its platform counts them.

ALTER TABLE accounts ADD COLUMN posts BIGINT;
