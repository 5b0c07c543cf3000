"""Somebody else's PDF → a printing of ours: fields put on its pages, and our marks and codes around them, or none.

`widgets` puts fields on pages, `laying` puts pages on sheets, `sheets` puts our marks around them, `unmarked` leaves
them as others print them, `carrying` has the printing carry its definition, and `printing` does so in a limited child.
"""
