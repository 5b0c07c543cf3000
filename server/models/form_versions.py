"""The forms as they were asked, and as they were printed: a form's later changes leave both as they are."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.models.base import SHA256_LENGTH, Base, Numbered, now


class FormVersion(Numbered, Base):
    """One version of a form: its definition, whole."""

    __tablename__ = "form_versions"

    name: Mapped[str] = mapped_column(String(40), index=True)
    version: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(400))
    definition: Mapped[str]
    """The form as JSON, as `Form.canonical()` gives it and `parse_form` takes it back."""
    content_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), unique=True)
    added_at: Mapped[datetime] = mapped_column(default=now)

    printings: Mapped[list["PrintedForm"]] = relationship(back_populates="form_version")


class PrintedForm(Numbered, Base):
    """A version as printed in one edition, size and language: the PDF is what its returns are read by."""

    __tablename__ = "printed_forms"
    __table_args__ = (
        UniqueConstraint("form_version_id", "edition", "size", "language", "name"),
        {"sqlite_autoincrement": True},
    )

    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_versions.id"))
    name: Mapped[str] = mapped_column(String(40), unique=True)
    """The printing's name in its machine codes."""
    edition: Mapped[str] = mapped_column(String(20))
    size: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    pages: Mapped[int]
    pdf_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    made_at: Mapped[datetime] = mapped_column(default=now)

    form_version: Mapped[FormVersion] = relationship(back_populates="printings")
