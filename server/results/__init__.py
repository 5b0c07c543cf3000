"""What a campaign's answers came to: results of any form, cross-tables, comments."""
