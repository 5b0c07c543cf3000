"""The regulator's rules of counting, a file for each Direction: `tsm-2023.yaml` and those that follow it."""
