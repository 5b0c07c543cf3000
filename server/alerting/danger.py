"""The dangers that are looked for."""

from enum import StrEnum


class Danger(StrEnum):
    """What may be wrong; kept with an alert, so a name never changes."""

    DAMP = "damp"
    GAS = "gas"
    CARBON_MONOXIDE = "carbon_monoxide"
    ELECTRICS = "electrics"
    NO_HEATING = "no_heating"
    FIRE = "fire"
    FALL = "fall"
    WATER = "water"
    STRUCTURE = "structure"
    THREAT = "threat"
    AT_RISK = "at_risk"


WORDS = {
    Danger.DAMP: "damp or mould",
    Danger.GAS: "gas",
    Danger.CARBON_MONOXIDE: "carbon monoxide",
    Danger.ELECTRICS: "electrics",
    Danger.NO_HEATING: "no heating or hot water",
    Danger.FIRE: "fire",
    Danger.FALL: "a fall",
    Danger.WATER: "a leak or flood",
    Danger.STRUCTURE: "something may come down",
    Danger.THREAT: "a threat or violence",
    Danger.AT_RISK: "someone at risk",
}
"""What each is called on pages."""
