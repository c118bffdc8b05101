"""Rules about what silences findings."""
