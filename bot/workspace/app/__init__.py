"""Towards the app: Socket Mode and the payloads that go through it."""
