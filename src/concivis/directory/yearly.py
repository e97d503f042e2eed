"""What the directory of organisations tells in the office's yearly report."""

from django.utils.translation import gettext_lazy as _

from concivis.directory.enums import OrganisationKind
from concivis.directory.models import Organisation
from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period, Table
from concivis.hubs.models import Hub


def count(hub: Hub, period: Period) -> Counted:
    """Two queries."""
    listed = Organisation.objects.standing().filter(hub=hub, is_published=True, created_at__lt=period.end)
    rows = list(listed.order_by("pk").values_list("pk", "kind", "is_diaspora", "created_at"))
    ties = listed.order_by("pk").values_list("pk", "ties__country")
    return Counted(
        {
            "listed": len(rows),
            "new": sum(created_at >= period.start for _pk, _kind, _diaspora, created_at in rows),
            "diaspora": sum(diaspora for _pk, _kind, diaspora, _created_at in rows),
        },
        {
            "kinds": annual.tally((pk, kind) for pk, kind, _diaspora, _created_at in rows),
            "countries": annual.tally((pk, country) for pk, country in ties if country),
        },
    )


def register() -> None:
    annual.register(
        Chapter(
            "organisations",
            _("Organisations"),
            _("The office's directory. Only public entries are counted; what was merged counts once."),
            count,
            measures=(
                Measure(
                    "listed",
                    _("organisations in the directory"),
                    _(
                        "Entries made before the end of the period that were public when the numbers were counted."
                    ),
                    headline=True,
                ),
                Measure("new", _("new in the directory"), _("Of these, those entered in the period.")),
                Measure(
                    "diaspora",
                    _("diaspora organisations"),
                    _("Of all that are listed, those that are marked as diaspora organisations."),
                ),
            ),
            tables=(
                Table(
                    "kinds",
                    _("Organisations by kind"),
                    _("All that are listed, by the kind noted when the numbers were counted."),
                    annual.words_of(OrganisationKind),
                ),
                Table(
                    "countries",
                    _("Organisations by country of their ties"),
                    _("All that are listed, by the countries to which they say they have ties."),
                    annual.words_of_countries,
                ),
            ),
            empty=_("Enter the organisations of the city in the directory."),
            page="directory:office_organisations",
            rank=30,
        )
    )
