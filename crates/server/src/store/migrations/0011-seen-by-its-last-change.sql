-- When a record changed last stands in its own row alone: who may see it is written as it comes into sight or leaves,
-- not at every change.
DROP INDEX vis_seq;
UPDATE vis SET seq = entered WHERE present = 1;
CREATE INDEX vis_left ON vis (scope, seq) WHERE present = 0;
CREATE INDEX record_changed ON record (scope, rev);
