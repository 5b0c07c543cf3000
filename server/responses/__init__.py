"""Responses: the one way to save them, whatever their channel."""
