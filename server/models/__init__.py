"""The tables, one module per aggregate. Importing this package makes them all known to SQLAlchemy."""

from server.models import (  # noqa: F401 (each import declares tables)
    audit,
    campaigns,
    copies,
    equality,
    form_versions,
    households,
    intake,
    kiosks,
    officers,
    responses,
    review,
)
from server.models.base import Base

__all__ = ["Base"]
