"""Other people's forms made our own: a draft beside their page, put right step by step, then kept as a form."""
