"""The first page after sign-in: what needs me today."""
