"""Paper to readings: page images in, answers and doubts out. Knows neither Flask nor SQL.

The steps are pure functions on arrays and points; `pipeline` alone knows their order, `pages` alone reads files.
Everything measured on a page is in mm of the form's page (see `forms.layout`) or in px of the working image: the page
as decoded for reading, which may be half the size of the page as stored.
"""
