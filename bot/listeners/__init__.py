"""What members do: commands, clicks, forms, and what happens in channels. One file a noun."""
