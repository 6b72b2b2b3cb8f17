"""Pictures: values of the plans in, PNG bytes and their description out; no Slack, no SQL, no clock."""
