"""What columns of a table mean, and how a message may name them."""

from __future__ import annotations

from mkt_lint._named import NamedTuple


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

    # Who
    EMAIL = Field("email")
    """Address for e-mail; also further addresses."""
    EMAIL_STATUS = Field("email_status")
    """What a tool says of the address; values: valid, guessed, generic, refused, invalid, unknown."""
    PHONE = Field("phone")
    """A person's number, fixed or mobile, for calls or texts."""
    COMPANY_PHONE = Field("company_phone")
    """A company's switchboard."""
    FIRST_NAME = Field("first_name")
    LAST_NAME = Field("last_name")
    FULL_NAME = Field("full_name")
    COMPANY = Field("company")
    """The person's company."""
    COMPANY_DETAILS = Field("company_details")
    """Industry, size, web site, registration number (SIREN, SIRET, VAT)."""
    JOB_TITLE = Field("job_title")
    CONTACT_TYPE = Field("contact_type")
    """Consumer or professional (values: consumer, professional)."""
    COUNTRY = Field("country")
    """Value: the ISO code in capitals."""
    LANGUAGE = Field("language")
    ADDRESS = Field("address")
    """A part of the postal address."""
    CONTACT_ID = Field("contact_id")
    """The record's key in the system it came from, under which the same person may have a proof elsewhere."""
    OWNER = Field("owner")
    """The colleague who looks after the contact."""
    TAGS = Field("tags")
    """Labels, in one cell."""
    LIST_NAME = Field("list_name")
    """The list or segment that the record belongs to."""
    PURPOSE = Field("purpose")
    """What the record is kept for."""

    # What they are to the company
    STATUS = Field("status")
    """Values: customer, prospect, other."""
    ORDER_COUNT = Field("order_count")
    """How many orders; a number."""
    CUSTOMER_VALUE = Field("customer_value")
    """What they have bought for; a number."""
    FIRST_ORDER_AT = Field("first_order_at")
    LAST_ORDER_AT = Field("last_order_at")
    """Also the last purchase or donation."""
    CONTRACT_ACTIVE = Field("contract_active")
    """Flag: a contract or paid subscription runs."""
    CONTRACT_END_AT = Field("contract_end_at")
    """Mostly lies ahead; rules ask for it with `future=True`."""

    # When
    CREATED_AT = Field("created_at")
    """When the record was made: import counts."""
    UPDATED_AT = Field("updated_at")
    """When anyone or anything changed the record."""
    ENRICHED_AT = Field("enriched_at")
    """When a tool scraped, enriched or verified the record."""
    COLLECTED_AT = Field("collected_at")
    """When the data came from the person or elsewhere."""
    FIRST_CONTACT_AT = Field("first_contact_at")
    """First message or call by the company."""
    LAST_CONTACT_AT = Field("last_contact_at")
    """Last contact made by the person."""
    LAST_OUTBOUND_AT = Field("last_outbound_at")
    """Last message or call by the company."""
    LAST_CALL_AT = Field("last_call_at")
    """Last call by the company."""
    LAST_ACTIVITY_AT = Field("last_activity_at")
    """Mixes contacts of both sides, opens, updates: proves no contact by the person."""
    LAST_OPEN_AT = Field("last_open_at")
    LAST_CLICK_AT = Field("last_click_at")
    LAST_LOGIN_AT = Field("last_login_at")
    """Last sign-in to an online account."""

    # Consent
    SUBSCRIPTION = Field("subscription")
    """One column, or the file's name, that tells the state: subscribed, unsubscribed, never, pending, bounced,
    complained, archived. Says what consent_status, opted_out and bounced are."""
    CONSENT_STATUS = Field("consent_status")
    """Consent to e-mail, or to what the header leaves open: yes, no, withdrawn, pending."""
    CONSENT_DATE = Field("consent_date")
    CONSENT_SOURCE = Field("consent_source")
    """Form, page or event where it was given."""
    CONSENT_PROOF = Field("consent_proof")
    """Wording, IP address, record."""
    CONSENT_CHANNEL = Field("consent_channel")
    """The channels that consent is for."""
    CONSENT_PURPOSE = Field("consent_purpose")
    """What consent is for."""
    DOUBLE_OPT_IN = Field("double_opt_in")
    """Values: yes (and then consent_status is yes), no, pending."""
    PHONE_CONSENT = Field("phone_consent")
    """Consent to calls."""
    PHONE_CONSENT_AT = Field("phone_consent_at")
    PHONE_CONSENT_PROOF = Field("phone_consent_proof")
    """Wording, recording, form."""
    SMS_CONSENT = Field("sms_consent")
    """Consent to texts."""
    SMS_CONSENT_AT = Field("sms_consent_at")
    PARTNER_CONSENT = Field("partner_consent")
    """Consent to offers of partners."""
    TRACKING_CONSENT = Field("tracking_consent")
    """Consent to measuring opens."""
    TRACKING_CONSENT_AT = Field("tracking_consent_at")
    LAWFUL_BASIS = Field("lawful_basis")
    """Values: consent, existing_customer, contract, legitimate_interest, legal_obligation, other, none."""
    PHONE_BASIS = Field("phone_basis")
    """Lawful basis of calls; values as those of lawful_basis."""
    TERMS_ACCEPTED = Field("terms_accepted")
    """Terms of use or sale were accepted: no consent to messages."""

    # Opposition
    OPTED_OUT = Field("opted_out")
    """Opposition to e-mail or to everything."""
    OPT_OUT_AT = Field("opt_out_at")
    OPT_OUT_REASON = Field("opt_out_reason")
    PURPOSE_OPTED_OUT = Field("purpose_opted_out")
    """Opposition to one kind of message alone."""
    SMS_OPTED_OUT = Field("sms_opted_out")
    DO_NOT_CALL = Field("do_not_call")
    DO_NOT_CALL_AT = Field("do_not_call_at")
    BLOCTEL = Field("bloctel")
    """Flag: on the French list that was repealed."""
    BLOCTEL_CHECKED_AT = Field("bloctel_checked_at")
    BOUNCED = Field("bounced")
    """Flag: messages come back."""
    BOUNCED_AT = Field("bounced_at")
    BOUNCE_REASON = Field("bounce_reason")
    """Filled means bounced."""

    # Origin, information, rights
    SOURCE = Field("source")
    """Where the data came from."""
    SOURCE_URL = Field("source_url")
    """The page it came from, or a profile's address."""
    SOURCE_BROKER = Field("source_broker")
    """Who sold or lent the data."""
    SOURCE_CONTRACT = Field("source_contract")
    """Reference of the contract with them, or of their chain of consent."""
    VISIBILITY = Field("visibility")
    """Who may see the address on LinkedIn; values: everyone, restricted."""
    NOTICE_SENT_AT = Field("notice_sent_at")
    """When the person was told (GDPR articles 13, 14)."""
    ACCESS_REQUEST_AT = Field("access_request_at")
    ACCESS_ANSWERED_AT = Field("access_answered_at")
    ACCESS_EXTENDED_AT = Field("access_extended_at")
    """When the person was told that the answer takes longer."""
    ERASURE_REQUESTED = Field("erasure_requested")
    """A flag."""
    ERASURE_REQUEST_AT = Field("erasure_request_at")
    ERASED_AT = Field("erased_at")

    # What is said of the person
    NOTES = Field("notes")
    """Free text."""
    PASSWORD = Field("password")
    """Clear or hashed."""
    SECRET = Field("secret")
    """Token, API key, answer to a security question."""
    BIRTH_DATE = Field("birth_date")
    NATIONAL_ID = Field("national_id")
    """NIR, passport, identity card."""
    IBAN = Field("iban")
    CARD = Field("card")
    """Number of a payment card."""
    GENDER = Field("gender")
    """Also the form of address."""
    FAMILY = Field("family")
    """Marital status, children."""
    SPECIAL_CATEGORY = Field("special_category")
    """Health, religion, politics, union, origin, sexual life (GDPR article 9)."""
    CRIMINAL_RECORD = Field("criminal_record")
    """GDPR article 10."""
    GEOLOCATION = Field("geolocation")
    """Latitude, longitude."""
    IP = Field("ip")
    """IP address, where it is no proof of consent."""
    PHOTO = Field("photo")
    """Address of a picture."""
    TECHNICAL = Field("technical")
    """A known column that says nothing that rules look at: checksums, scores, counters, campaign ids."""


class Header(NamedTuple):
    """A column as a message may name it: by its header, or by its number where the file has none.

    Only a table reader makes these, since a first record that is taken for a header would be a person's data.
    """

    name: str | None
    number: int
    """From 1."""

    def __str__(self) -> str:
        return f"“{self.name}”" if self.name else f"column {self.number}"
