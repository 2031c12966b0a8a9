-- How the many of a flood stand is counted by their signal, not by everything that their hook ever told.
CREATE INDEX intake_rolled ON intake_signal (hook, signal, rolled) WHERE rolled > 0;
