"""Officers: signing in, their sessions, their accounts."""
