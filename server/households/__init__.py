"""Households: bringing them in from the landlord's own list, finding one, and who wants no reminder."""
