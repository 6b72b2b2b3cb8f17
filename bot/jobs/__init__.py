"""What the clock does: each job may run twice, late or on two machines without harm. One file a noun."""
