"""Tests of `server.sittings`: a kiosk on a database."""
