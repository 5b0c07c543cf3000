"""Tests of finding, handing over and erasing people."""
