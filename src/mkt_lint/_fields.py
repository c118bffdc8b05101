"""What columns of a table mean, and how a message may name them."""

from __future__ import annotations

from typing import NamedTuple


class Field(str):
    """What a column means, whatever its header says.

    A pack adds fields of its own under its own prefix: `Field("acme.loyalty_tier")`.
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        return str(self)


class F:
    """The fields that the core knows; the configuration calls them by these names."""

    EMAIL = Field("email")
    PHONE = Field("phone")
    FIRST_NAME = Field("first_name")
    LAST_NAME = Field("last_name")
    FULL_NAME = Field("full_name")
    COMPANY = Field("company")
    JOB_TITLE = Field("job_title")
    COUNTRY = Field("country")
    STATUS = Field("status")
    CREATED_AT = Field("created_at")
    COLLECTED_AT = Field("collected_at")
    LAST_CONTACT_AT = Field("last_contact_at")
    LAST_OUTBOUND_AT = Field("last_outbound_at")
    LAST_ACTIVITY_AT = Field("last_activity_at")
    LAST_OPEN_AT = Field("last_open_at")
    LAST_CLICK_AT = Field("last_click_at")
    CONSENT_STATUS = Field("consent_status")
    CONSENT_DATE = Field("consent_date")
    CONSENT_SOURCE = Field("consent_source")
    CONSENT_PROOF = Field("consent_proof")
    LAWFUL_BASIS = Field("lawful_basis")
    SOURCE = Field("source")
    SOURCE_URL = Field("source_url")
    OPTED_OUT = Field("opted_out")
    OPT_OUT_AT = Field("opt_out_at")
    DO_NOT_CALL = Field("do_not_call")
    NOTICE_SENT_AT = Field("notice_sent_at")
    ACCESS_REQUEST_AT = Field("access_request_at")
    ACCESS_ANSWERED_AT = Field("access_answered_at")
    VISIBILITY = Field("visibility")
    NOTES = Field("notes")
    PASSWORD = Field("password")
    BIRTH_DATE = Field("birth_date")
    NATIONAL_ID = Field("national_id")
    GENDER = Field("gender")
    IP = Field("ip")


class Header(NamedTuple):
    """A column as a message may name it: by its header, or by its number where the file has none.

    Only a table reader makes these, since a first record that is taken for a header would be a person's data.
    """

    name: str | None
    number: int
    """From 1."""

    def __str__(self) -> str:
        return f"“{self.name}”" if self.name else f"column {self.number}"
