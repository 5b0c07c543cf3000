"""Guides for those who use Sayso: Markdown beside this file, shown on the site and fit to print."""
