-- Each hook keeps a share of bodies of its own: what it sends pushes out nothing of another's.
CREATE INDEX raw_intake_hook ON raw_intake (hook);
