"""What we ask, and the paper it is asked on. Knows neither Flask nor SQL."""
