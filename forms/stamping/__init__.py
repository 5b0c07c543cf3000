"""Somebody else's PDF → a printing of ours: fields put on its pages, our marks and codes around them.

`widgets` puts fields on pages, `sheets` makes sheets of ours of them, `printing` does so in a limited child.
"""
