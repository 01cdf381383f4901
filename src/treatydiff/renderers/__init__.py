"""Values -> something to read: pure, peers over the same values, analysing nothing."""
