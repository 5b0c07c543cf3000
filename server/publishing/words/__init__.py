"""Each measure in plain words, as results are told to tenants, by the set of measures that its Direction names."""
