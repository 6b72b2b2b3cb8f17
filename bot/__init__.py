"""Slack, the database and the clock around the pure rules of `plans`."""
