"""What is remembered: tables, migrations and queries, one file a noun."""
