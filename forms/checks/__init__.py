"""What the parts of a form must keep among each other; `forms.definition` has checked each part in itself."""

from forms.checks.conditions import broken_routing, misplaced_detachable_page
from forms.checks.fault import Fault
from forms.checks.identifiers import double_ids
from forms.checks.measures import bent_measures
from forms.checks.scales import reserved_points, unknown_scales
from forms.checks.words import missing_languages, unknown_details
from forms.definition import Form

FIRST = (double_ids, unknown_scales, reserved_points)
"""Checks that the later ones rely on: a name must mean one thing before it can be followed."""

THEN = (missing_languages, unknown_details, broken_routing, misplaced_detachable_page, bent_measures)


def faults(form: Form) -> list[Fault]:
    """Give all faults of a form, in the order in which they are best mended."""
    found = [fault for check in FIRST for fault in check(form)]
    return found or [fault for check in THEN for fault in check(form)]
