"""What Slack accepts: every limit of messages, forms and Home tabs."""
