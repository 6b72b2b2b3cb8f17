"""What the workspace knows: people, conversations, messages, views."""
