"""The tables, one module per aggregate. Importing this package makes them all known to SQLAlchemy."""

from server.models import (  # noqa: F401 (each import declares tables)
    alerts,
    audit,
    benchmarks,
    campaigns,
    collected,
    copies,
    equality,
    form_versions,
    households,
    intake,
    kiosks,
    officers,
    packing,
    recordings,
    responses,
    review,
    sittings,
)
from server.models.base import Base

__all__ = ["Base"]
