-- Format 5: what both accounts of an interaction are called today, for whoever reads the rows as they lie.

ALTER TABLE interactions ADD COLUMN source_handle VARCHAR;
ALTER TABLE interactions ADD COLUMN target_handle VARCHAR;

DELETE FROM computed WHERE name = 'ties';
