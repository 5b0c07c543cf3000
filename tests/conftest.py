"""What all tests share."""

from hypothesis import settings

settings.register_profile("sayso", deadline=None)  # two workers share two cores: a slow example is no fault
settings.load_profile("sayso")
