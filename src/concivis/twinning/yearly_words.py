"""The words of the partnerships' numbers in the yearly report."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Measure, Shape, Table
from concivis.twinning import yearly
from concivis.twinning.enums import ActivityKind, PartnershipKind, PartnershipState

MEASURES = (
    Measure(
        "in_force",
        _("partnerships in force"),
        _(
            "Signed or active at the end of the period. Decisions with a date are followed back; a state without "
            "one is taken as it stood when the numbers were counted."
        ),
        headline=True,
    ),
    Measure(
        "dormant",
        _("of them dormant"),
        _(
            "Without an activity, a renewal or a resumption for as long as the office's rules say. What never had "
            "an activity written down is not called dormant."
        ),
    ),
    Measure(
        "revived", _("woken up"), _("Partnerships that had been dormant and had an activity in the period.")
    ),
    Measure("new", _("newly signed"), _("Partnerships whose first signature lies in the period.")),
    Measure("renewed", _("renewed"), _("Partnerships with a renewal dated in the period.")),
    Measure(
        "suspended", _("suspended"), _("Partnerships with a decision to suspend them dated in the period.")
    ),
    Measure("ended", _("ended"), _("Partnerships with a decision to end them dated in the period.")),
    Measure(
        "activities",
        _("activities of partnerships"),
        _("Activities that began in the period, as the office and its partners wrote them down."),
        headline=True,
    ),
    Measure(
        "active_ties",
        _("partnerships with an activity"),
        _("Partnerships in which an activity began in the period."),
    ),
    Measure(
        "visits", _("visits"), _("Activities in the period that are visits of officials or of citizens.")
    ),
    Measure(
        "exchanges",
        _("exchanges of schools and young people"),
        _("Activities in the period that are school exchanges or youth exchanges."),
    ),
    Measure(
        "people",
        _("people took part"),
        _("The sum over the activities of the period, of all sides. Who came twice counts twice."),
        persons=True,
        headline=True,
    ),
    Measure(
        "young_people",
        _("young people among them"),
        _("The sum over the activities of the period in which young people were counted."),
        persons=True,
        part_of="people",
    ),
    Measure(
        "not_counted",
        _("activities whose people nobody counted"),
        _("They add nothing to the number of people who took part."),
    ),
    Measure(
        "organisations",
        _("organisations took part"),
        _("The sum over the activities of the period, of all sides. One that came twice counts twice."),
    ),
)

TABLES = (
    Table(
        "states",
        _("Partnerships by state"),
        _("At the end of the period. States that are not public yet are counted, but no place is named."),
        annual.words_of(PartnershipState),
    ),
    Table(
        "kinds",
        _("Partnerships by kind"),
        _("Partnerships in force at the end of the period."),
        annual.words_of(PartnershipKind),
    ),
    Table(
        "countries",
        _("Partnerships by country"),
        _("Public partnerships in force at the end of the period, by the countries of the partners."),
        annual.words_of_countries,
    ),
    Table(
        "activity_kinds",
        _("Activities by kind"),
        _("Activities that began in the period."),
        annual.words_of(ActivityKind),
    ),
    Table(
        "places",
        _("Partner towns"),
        _("Public partnerships in force at the end of the period."),
        annual.words_of_places,
        shape=Shape.PLACES,
    ),
)


def register() -> None:
    annual.register(
        Chapter(
            "partnerships",
            _("Partnerships"),
            _("The office's partnerships, their dated decisions, and the log of activities."),
            yearly.count,
            MEASURES,
            TABLES,
            empty=_("Enter the city's partnerships and write down what the partners do together."),
            page="twinning:office_partnerships",
            rank=20,
        )
    )
