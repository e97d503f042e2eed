"""The few codes of IATI 2.03 that are written here, and what they mean in the words of the register.

Source: the code lists of IATI 2.03 (https://iatistandard.org/en/iati-standard/203/codelists/), whose English names the
comments give.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from concivis.directory.enums import OrganisationKind
from concivis.initiatives.enums import OrganisationRole, Stage

VERSION = "2.03"
READ_VERSIONS = ("2.01", "2.02", "2.03")


class OrganisationType(models.TextChoices):
    """What kind of body publishes."""

    GOVERNMENT = "10", _("government")  # Government
    LOCAL_GOVERNMENT = "11", _("local government")  # Local Government
    OTHER_PUBLIC = "15", _("other public body")  # Other Public Sector
    NATIONAL_NGO = "22", _("association at home")  # National NGO
    FOUNDATION = "60", _("foundation")  # Foundation
    ACADEMIC = "80", _("training and research")  # Academic, Training and Research


TYPE_OF_KIND: Mapping[str, str] = {
    OrganisationKind.MUNICIPALITY: "11",
    OrganisationKind.PUBLIC_AUTHORITY: "15",
    OrganisationKind.FOUNDATION: "60",
    OrganisationKind.SCHOOL: "80",
    OrganisationKind.UNIVERSITY: "80",
    OrganisationKind.COMPANY: "70",  # Private Sector
    OrganisationKind.CONSULATE: "10",
    OrganisationKind.EMBASSY: "10",
}
KIND_OF_TYPE: Mapping[str, OrganisationKind] = {
    "10": OrganisationKind.PUBLIC_AUTHORITY,
    "11": OrganisationKind.MUNICIPALITY,
    "15": OrganisationKind.PUBLIC_AUTHORITY,
    "21": OrganisationKind.ASSOCIATION,  # International NGO
    "22": OrganisationKind.ASSOCIATION,  # National NGO
    "23": OrganisationKind.ASSOCIATION,  # Regional NGO
    "24": OrganisationKind.ASSOCIATION,  # Partner Country based NGO
    "60": OrganisationKind.FOUNDATION,
    "70": OrganisationKind.COMPANY,
    "80": OrganisationKind.UNIVERSITY,
}

# Funding, Accountable, Extending, Implementing. Who only supports has no role there, and is not exported.
ROLE_CODES: Mapping[str, str] = {
    OrganisationRole.FUNDER: "1",
    OrganisationRole.LEAD: "2",
    OrganisationRole.PARTNER: "4",
}
ROLE_OF_CODE: Mapping[str, OrganisationRole] = {
    "1": OrganisationRole.FUNDER,
    "2": OrganisationRole.LEAD,
    "3": OrganisationRole.PARTNER,
    "4": OrganisationRole.PARTNER,
}

STATUS_CODES: Mapping[str, str] = {
    Stage.IDEA: "1",  # Pipeline/identification
    Stage.PLANNED: "1",
    Stage.RUNNING: "2",  # Implementation
    Stage.FINISHED: "4",  # Closed
    Stage.PAUSED: "6",  # Suspended
}
STAGE_OF_STATUS: Mapping[str, Stage] = {
    "1": Stage.PLANNED,
    "2": Stage.RUNNING,
    "3": Stage.FINISHED,  # Finalisation
    "4": Stage.FINISHED,
    "5": Stage.FINISHED,  # Cancelled
    "6": Stage.PAUSED,
}

PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
GENERAL, OTHER_DESCRIPTION = "1", "4"
DISBURSEMENT = "3"
PURPOSE_CODES = "1"  # OECD DAC CRS Purpose Codes (5 digit)
GOALS, OWN_WORDS = "2", "99"  # vocabularies of tags: UN Sustainable Development Goals; Reporting Organisation
GEONAMES = "G1"
WEB_PAGE = "A12"  # Activity web page
ENQUIRIES = "1"  # General Enquiries
EARTH = "http://www.opengis.net/def/crs/EPSG/0/4326"


@cache
def purposes() -> Mapping[str, str]:
    """{code: its English name} of the purpose codes that are proposed here."""
    return cast("dict[str, str]", _data()["purposes"])


@cache
def purpose_of_theme() -> Mapping[str, str]:
    """{theme: the purpose code proposed for it}."""
    return cast("dict[str, str]", _data()["themes"])


def _data() -> dict[str, object]:
    return cast(
        "dict[str, object]", json.loads((Path(__file__).parent / "data" / "purposes.json").read_text())
    )
