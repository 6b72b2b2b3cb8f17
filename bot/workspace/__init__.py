"""A Slack on loopback: Web API over HTTP, Socket Mode over WebSocket, and a page on which one plays any member."""
