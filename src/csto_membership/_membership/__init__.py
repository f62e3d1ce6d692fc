"""One history under one reading: who was a member, when, and why."""
