"""Who asks: the details that `{landlord}` and its like in a form's words stand for."""

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Landlord:
    """The landlord's details, each of which may stand in a form's words as `{name_of_the_field}`."""

    landlord: str = "Melton Borough Council"
    phone: str = "01664 502502"
    email: str = "housing@melton.gov.uk"
    website: str = "www.melton.gov.uk"
    return_address: str = "Freepost MELTON HOUSING"
    complaints_phone: str = "01664 502502"
    ombudsman_phone: str = "0300 111 3000"
    newsletter: str = "Homes for Melton"

    def details(self) -> dict[str, str]:
        """Give every detail by the name it has in a form's words."""
        return asdict(self)


DETAIL_NAMES = tuple(field.name for field in fields(Landlord))
