"""From a reading to its headline: who leads, by how much."""
