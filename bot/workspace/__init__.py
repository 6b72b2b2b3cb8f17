"""A Slack on loopback: Web API, Socket Mode, and a page on which one person plays any member."""
